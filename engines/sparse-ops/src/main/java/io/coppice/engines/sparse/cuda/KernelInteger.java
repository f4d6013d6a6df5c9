package io.coppice.engines.sparse.cuda;

import io.coppice.framework.recipe.Require;
import java.util.Arrays;
import java.util.stream.Collectors;

/** Sizes that kernels take as integers of 32 bits. */
final class KernelInteger {
  private KernelInteger() {}

  /**
   * @throws io.coppice.framework.recipe.RecipeException when the size is 2^31 or more
   */
  static int of(String parameter, long size) {
    return product(parameter, size);
  }

  /**
   * The product of sizes that are not negative.
   *
   * @throws io.coppice.framework.recipe.RecipeException when it is 2^31 or more
   */
  static int product(String parameter, long... sizes) {
    long product = 1;
    for (long size : sizes) {
      product = Math.min(product, 1L << 31) * Math.min(size, 1L << 31);
    }
    Require.that(
        product < 1L << 31,
        parameter,
        Arrays.stream(sizes).mapToObj(Long::toString).collect(Collectors.joining(" · ")),
        "below 2^31 on a GPU");
    return (int) product;
  }
}
