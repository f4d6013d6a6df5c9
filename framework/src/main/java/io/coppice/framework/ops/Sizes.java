package io.coppice.framework.ops;

import io.coppice.framework.recipe.Require;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Products of sizes that must fit into an array. */
final class Sizes {
  private Sizes() {}

  /**
   * @throws io.coppice.framework.recipe.RecipeException when the product is 2^31 or more
   */
  static int product(String name, int... factors) {
    long product = 1;
    for (int factor : factors) {
      product = Math.min(product * factor, 1L << 31);
    }
    String shown = Arrays.stream(factors).mapToObj(f -> "" + f).collect(Collectors.joining(" · "));
    Require.that(product < 1L << 31, name, shown, "a product below 2^31");
    return (int) product;
  }

  /** How many parts of {@code part} cover {@code whole}, both at least 1. */
  static int covering(int whole, int part) {
    return (whole - 1) / part + 1;
  }
}
