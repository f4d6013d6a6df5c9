package io.coppice.engines.sparse;

import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.util.List;

/** The instruction sets to test; a test is skipped where there is no native library. */
final class NativeMachine {
  private NativeMachine() {}

  static List<Isa> instructionSets() {
    List<Isa> there = CpuOpsProvider.instructionSets();
    assumeFalse(there.isEmpty(), () -> new CpuOpsProvider().availability());
    return there;
  }

  /** The operations with the processor's best instruction set. */
  static CpuOps best() {
    List<Isa> there = instructionSets();
    return new CpuOps(there.get(there.size() - 1));
  }
}
