package io.coppice.engines.sparse;

import ai.djl.Device;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.SparseOpsProvider;
import io.coppice.framework.recipe.RecipeException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Opens the native operations where this module was built with a C++ compiler. {@code COPPICE_ISA}
 * in the environment forces an instruction set; otherwise the processor's best one serves.
 */
public final class CpuOpsProvider implements SparseOpsProvider {
  private static final String FORCED = "COPPICE_ISA";

  /**
   * @throws RecipeException when {@code COPPICE_ISA} names an instruction set that is not there
   */
  @Override
  public Optional<SparseOps> open(Device device) {
    return best().map(SparseOps.class::cast);
  }

  /** As the environment forces it, or else the processor's best. */
  static Optional<CpuOps> best() {
    return best(System.getenv(FORCED));
  }

  /** As forced by a word, which may be null. */
  static Optional<CpuOps> best(String forced) {
    List<Isa> there = instructionSets();
    Optional<Isa> wanted = Optional.ofNullable(forced).map(word -> Isa.of(FORCED, word));
    if (there.isEmpty()) {
      return Optional.empty();
    }
    if (wanted.isPresent() && !there.contains(wanted.get())) {
      String allowed = there.stream().map(Isa::word).collect(Collectors.joining(", "));
      throw RecipeException.of(FORCED, forced, allowed + " on this processor");
    }
    return Optional.of(new CpuOps(wanted.orElse(there.get(there.size() - 1))));
  }

  /** The instruction sets of this processor, best last; none where there is no native library. */
  static List<Isa> instructionSets() {
    if (LoadedLibrary.inThisProcess().problem().isPresent()) {
      return List.of();
    }
    return Arrays.stream(Isa.values())
        .filter(isa -> SparseLibrary.coppice_has_isa(isa.number()) != 0)
        .toList();
  }

  @Override
  public String availability() {
    return LoadedLibrary.inThisProcess()
        .problem()
        .orElseGet(
            () -> "native sparse operations with " + open(Device.cpu()).orElseThrow().name());
  }
}
