package io.coppice.engines.sparse;

import io.coppice.framework.recipe.RecipeException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The instruction sets that the kernels are compiled for, best last. */
public enum Isa {
  SCALAR("scalar", "scalar"),
  AVX2("avx2", "AVX2"),
  AVX512("avx512", "AVX-512");

  private final String word;
  private final String title;

  Isa(String word, String title) {
    this.word = word;
    this.title = title;
  }

  /**
   * The instruction set of that word.
   *
   * @param parameter where the word is from
   * @throws RecipeException when there is none
   */
  static Isa of(String parameter, String word) {
    return Arrays.stream(values())
        .filter(isa -> isa.word.equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                RecipeException.of(
                    parameter,
                    word,
                    Arrays.stream(values()).map(Isa::word).collect(Collectors.joining(", "))));
  }

  /** As {@code COPPICE_ISA} names it. */
  public String word() {
    return word;
  }

  /** The number that the native library knows it by. */
  int number() {
    return ordinal();
  }

  @Override
  public String toString() {
    return title;
  }
}
