package io.coppice.engines.pytorch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import io.coppice.framework.ops.Floats;
import io.coppice.framework.optimize.EngineSupport.JointUpdate;
import io.coppice.framework.optimize.FusedSteps;
import io.coppice.framework.optimize.Optimizer;
import io.coppice.framework.optimize.Slot;
import io.coppice.framework.optimize.StepArguments;
import java.util.List;

/**
 * An update rule in one pass over tensors in the host's memory. Where they lie is asked anew in
 * every step, as DJL's {@code set} moves them.
 */
record HostUpdate(FusedSteps steps, Optimizer rule, List<Slot> slots) implements JointUpdate {

  /** Whether the slots' tensors are 32-bit floats that lie in the host's memory in order. */
  static boolean serves(List<Slot> slots) {
    return slots.stream().allMatch(slot -> isAtHand(slot.parameter()) && isAtHand(slot.gradient()));
  }

  private static boolean isAtHand(NDArray array) {
    return TensorMemory.isWritable(array, Device.cpu());
  }

  @Override
  public void step(double learningRate, long count) {
    for (Slot slot : slots) {
      steps.step(
          new StepArguments(
              rule,
              learningRate,
              count,
              TensorMemory.floats(slot.parameter()),
              TensorMemory.floats(slot.gradient()),
              slot.memories().stream().map(TensorMemory::floats).toList(),
              slot.mask().map(TensorMemory::floats).orElse(Floats.NONE)));
    }
  }
}
