package io.coppice.engines.sparse;

import io.coppice.testing.Needs;
import java.util.List;
import org.opentest4j.TestAbortedException;

/** The instruction sets to test; a test is skipped where there is no native library. */
final class NativeMachine {
  private NativeMachine() {}

  static List<Isa> instructionSets() {
    List<Isa> there = CpuOpsProvider.instructionSets();
    Needs.that(!there.isEmpty(), new CpuOpsProvider().availability());
    return there;
  }

  /**
   * The same for properties, of which a skipped one would fail: none, where none may be skipped.
   */
  static List<Isa> instructionSetsIfAny() {
    try {
      return instructionSets();
    } catch (TestAbortedException skipped) {
      return List.of();
    }
  }

  /** The operations with the processor's best instruction set. */
  static CpuOps best() {
    List<Isa> there = instructionSets();
    return new CpuOps(there.get(there.size() - 1));
  }
}
