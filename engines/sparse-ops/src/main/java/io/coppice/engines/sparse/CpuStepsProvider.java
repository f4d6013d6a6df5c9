package io.coppice.engines.sparse;

import io.coppice.framework.optimize.FusedSteps;
import java.util.Optional;

/** Opens the native steps wherever {@link CpuOpsProvider} opens the native operations. */
public final class CpuStepsProvider implements FusedSteps.Provider {

  @Override
  public Optional<FusedSteps> open() {
    return CpuOpsProvider.best().map(CpuOps::steps);
  }
}
