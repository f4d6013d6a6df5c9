package io.coppice.engines.pytorch;

import com.sun.jna.Function;
import com.sun.jna.Platform;

/**
 * Keeps freed tensor memory in the process. By default glibc hands a freed gradient of a megabyte
 * back to the kernel and every step pays its page faults again, a third of a small network's step.
 */
final class Allocator {
  private static final int TRIM_THRESHOLD = -1;
  private static final int TOP_PAD = -2;
  private static final int MMAP_THRESHOLD = -3;
  private static final int MIB = 1 << 20;

  private Allocator() {}

  /** Tells glibc so; on other C libraries nothing happens. */
  static void keepFreedMemory() {
    if (!Platform.isLinux()) {
      return;
    }
    try {
      Function mallopt = Function.getFunction("c", "mallopt");
      mallopt.invokeInt(new Object[] {MMAP_THRESHOLD, 32 * MIB});
      mallopt.invokeInt(new Object[] {TRIM_THRESHOLD, 1024 * MIB});
      mallopt.invokeInt(new Object[] {TOP_PAD, 16 * MIB});
    } catch (UnsatisfiedLinkError withoutGlibc) {
      return;
    }
  }
}
