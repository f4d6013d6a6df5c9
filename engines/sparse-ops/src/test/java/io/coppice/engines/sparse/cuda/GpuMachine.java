package io.coppice.engines.sparse.cuda;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.engine.StandardCapabilities;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.optimize.EngineSupport;
import java.util.Optional;

/** The GPU to test; a test is skipped, with what is missing, where there is none. */
final class GpuMachine {
  private GpuMachine() {}

  static CudaOps ops() {
    CudaOpsProvider provider = new CudaOpsProvider();
    Optional<SparseOps> ops = provider.open(Device.gpu());
    assumeTrue(ops.isPresent(), provider::availability);
    return (CudaOps) ops.get();
  }

  /** The same where the engine, too, has CUDA. */
  static CudaOps opsOfTheEnginesTensors() {
    CudaOps ops = ops();
    EngineSupport.find().start();
    assumeTrue(
        Engine.getInstance().hasCapability(StandardCapabilities.CUDA),
        "the engine is a build without CUDA");
    return ops;
  }
}
