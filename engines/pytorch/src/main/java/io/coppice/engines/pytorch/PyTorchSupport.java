package io.coppice.engines.pytorch;

import ai.djl.engine.Engine;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.coppice.framework.optimize.EngineSupport;
import io.coppice.framework.optimize.FusedSteps;
import io.coppice.framework.optimize.Optimizer;
import io.coppice.framework.optimize.Slot;
import java.util.List;
import java.util.Optional;

/**
 * Starts DJL's PyTorch engine on one thread, without usage tracking, and offers its fused steps.
 */
public final class PyTorchSupport implements EngineSupport {

  @Override
  public void start() {
    setIfAbsent("OPT_OUT_TRACKING", "true");
    setIfAbsent("ai.djl.pytorch.num_threads", "1");
    setIfAbsent("ai.djl.pytorch.num_interop_threads", "1");
    Allocator.keepFreedMemory();
    ClassLoader loader = Thread.currentThread().getContextClassLoader();
    try {
      Thread.currentThread().setContextClassLoader(PyTorchSupport.class.getClassLoader());
      Engine.getEngine("PyTorch");
      EngineLog.errorsOnly();
      // libtorch keeps this per thread; DJL clears it on the thread that loads the engine only
      JniUtils.setGradMode(false);
      OneDnn.useWhereSound();
    } finally {
      Thread.currentThread().setContextClassLoader(loader);
    }
  }

  @Override
  public Optional<String> omission() {
    return OneDnn.omission();
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  @Override
  public Optional<JointUpdate> jointUpdate(Optimizer rule, List<Slot> slots) {
    Optional<FusedSteps> steps = FusedSteps.find();
    if (steps.isPresent() && HostUpdate.serves(slots)) {
      return Optional.of(new HostUpdate(steps.get(), rule, slots));
    }
    return slots.stream().allMatch(slot -> slot.parameter() instanceof PtNDArray)
        ? Optional.of(new FusedUpdate(rule, slots))
        : Optional.empty();
  }
}
