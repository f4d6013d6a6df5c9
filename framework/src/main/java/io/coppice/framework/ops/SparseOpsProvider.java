package io.coppice.framework.ops;

import java.util.Optional;

/** Opens one home of the sparse operations; found by {@link java.util.ServiceLoader}. */
public interface SparseOpsProvider {

  /** The operations, or empty where they cannot serve on this machine. */
  Optional<SparseOps> open();

  /** One line: what the home uses on this machine, or what is missing and how to get it. */
  String availability();
}
