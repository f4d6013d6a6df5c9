package io.coppice.engines.sparse.cuda;

import ai.djl.Device;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.SparseOpsProvider;
import java.util.Optional;

/** Opens the operations of a GPU; no library of CUDA is looked for before that. */
public final class CudaOpsProvider implements SparseOpsProvider {

  @Override
  public boolean serves(Device device) {
    return device.isGpu();
  }

  @Override
  public Optional<SparseOps> open(Device device) {
    CudaMachine machine = CudaMachine.inThisProcess();
    if (machine.problem(device.getDeviceId()).isPresent()) {
      return Optional.empty();
    }
    CudaContext context = machine.context(device.getDeviceId());
    return Optional.of(new CudaOps(context, context.gpu().name()));
  }

  @Override
  public String availability() {
    CudaMachine machine = CudaMachine.inThisProcess();
    return machine.problem(0).orElseGet(machine::description);
  }
}
