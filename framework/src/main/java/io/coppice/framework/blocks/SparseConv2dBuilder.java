package io.coppice.framework.blocks;

import io.coppice.framework.ops.Topology;
import io.coppice.framework.recipe.Require;

/** Gathers how a {@link SparseConv2d} is to be. */
public final class SparseConv2dBuilder extends SparseBlockBuilder<SparseConv2dBuilder> {
  private final int kernelHeight;
  private final int kernelWidth;
  private int stride = 1;
  private int padding;
  private int groups = 1;

  SparseConv2dBuilder(Topology weights, int kernelHeight, int kernelWidth) {
    super(weights);
    this.kernelHeight = Require.atLeast("kernelHeight", kernelHeight, 1);
    this.kernelWidth = Require.atLeast("kernelWidth", kernelWidth, 1);
    long kernel = (long) kernelHeight * kernelWidth;
    Require.that(
        weights.columns() % kernel == 0,
        "columns",
        weights.columns(),
        "a multiple of the kernel's " + kernel);
  }

  /** Between outputs, along both axes. */
  public SparseConv2dBuilder stride(int stride) {
    this.stride = Require.atLeast("stride", stride, 1);
    return this;
  }

  /** Zeros on each of the four sides. */
  public SparseConv2dBuilder padding(int padding) {
    this.padding = Require.atLeast("padding", padding, 0);
    return this;
  }

  /**
   * Into which the channels fall, each blind to the others.
   *
   * @throws io.coppice.framework.recipe.RecipeException when they do not divide the channels out
   */
  public SparseConv2dBuilder groups(int groups) {
    this.groups = Require.atLeast("groups", groups, 1);
    Require.that(
        topology().rows() % groups == 0, "groups", groups, "a divisor of " + topology().rows());
    return this;
  }

  @Override
  SparseConv2dBuilder self() {
    return this;
  }

  @Override
  public SparseConv2d build() {
    return new SparseConv2d(
        parts(), new SparseConv2d.Geometry(kernelHeight, kernelWidth, stride, padding, groups));
  }
}
