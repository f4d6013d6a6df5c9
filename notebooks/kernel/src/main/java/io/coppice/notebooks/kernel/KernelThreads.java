package io.coppice.notebooks.kernel;

import java.util.Iterator;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which kernel a thread works for: the one whose cell made it, and for a thread of a pool that all
 * share, such as that of parallel streams, the only one of this process.
 */
final class KernelThreads {
  private static final InheritableThreadLocal<CoppiceKernel> OWN = new InheritableThreadLocal<>();
  private static final Set<CoppiceKernel> OPEN = ConcurrentHashMap.newKeySet();

  private KernelThreads() {}

  static void opened(CoppiceKernel kernel) {
    OPEN.add(kernel);
  }

  static void closed(CoppiceKernel kernel) {
    OPEN.remove(kernel);
  }

  /** This thread, and those that it will make, work for this kernel. */
  static void workFor(CoppiceKernel kernel) {
    OWN.set(kernel);
  }

  /** The kernel that this thread works for. */
  static Optional<CoppiceKernel> kernel() {
    CoppiceKernel own = OWN.get();
    if (own != null && OPEN.contains(own)) {
      return Optional.of(own);
    }
    Iterator<CoppiceKernel> open = OPEN.iterator();
    Optional<CoppiceKernel> first = open.hasNext() ? Optional.of(open.next()) : Optional.empty();
    return open.hasNext() ? Optional.empty() : first;
  }
}
