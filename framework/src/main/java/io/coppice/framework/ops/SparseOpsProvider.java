package io.coppice.framework.ops;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Opens one home of the sparse operations; found by {@link ServiceLoader}. */
public interface SparseOpsProvider {

  /** The operations, or empty where they cannot serve on this machine. */
  Optional<SparseOps> open();

  /** One line: what the home uses on this machine, or what is missing and how to get it. */
  String availability();

  /** The providers on the class path, in its order. */
  static List<SparseOpsProvider> all() {
    return ServiceLoader.load(SparseOpsProvider.class, SparseOpsProvider.class.getClassLoader())
        .stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }
}
