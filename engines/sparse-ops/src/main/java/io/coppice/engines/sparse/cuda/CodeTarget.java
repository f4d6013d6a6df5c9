package io.coppice.engines.sparse.cuda;

import java.util.Arrays;
import java.util.OptionalInt;

/**
 * What a compiler makes for a chip: its machine code, or, where it does not know the chip, PTX that
 * the driver turns into it.
 *
 * @param capability that the code is for, as {@link Gpu#capability}
 * @param machineCode or else PTX
 */
record CodeTarget(int capability, boolean machineCode) {

  /**
   * The best target for a chip. Machine code runs on chips of the same major capability from its
   * own minor one on, PTX on all later chips.
   *
   * @param known capabilities of the compiler
   * @throws CudaException when the chip is older than all of them
   */
  static CodeTarget of(int chip, int[] known) {
    OptionalInt machine =
        Arrays.stream(known).filter(it -> it <= chip && it / 10 == chip / 10).max();
    if (machine.isPresent()) {
      return new CodeTarget(machine.getAsInt(), true);
    }
    OptionalInt earlier = Arrays.stream(known).filter(it -> it <= chip).max();
    if (earlier.isPresent()) {
      return new CodeTarget(earlier.getAsInt(), false);
    }
    throw new CudaException(
        "NVRTC compiles for compute capabilities %s; the GPU has %d"
            .formatted(Arrays.toString(known), chip));
  }

  /** As NVRTC's option. */
  String option() {
    return "--gpu-architecture=" + (machineCode ? "sm_" : "compute_") + capability;
  }
}
