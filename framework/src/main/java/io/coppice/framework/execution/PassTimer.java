package io.coppice.framework.execution;

import java.util.List;

/** Says how long passes take. */
@FunctionalInterface
public interface PassTimer {

  /** The microseconds of one run of each pass. */
  double[] microseconds(List<Pass> passes);
}
