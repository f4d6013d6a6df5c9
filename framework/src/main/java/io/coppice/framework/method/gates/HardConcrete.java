package io.coppice.framework.method.gates;

import ai.djl.ndarray.NDArray;
import io.coppice.framework.network.Constant;
import io.coppice.framework.recipe.Require;

/**
 * The hard concrete distribution on [0, 1]: a binary concrete variable, stretched to (γ, ζ) and
 * clipped, so that it is exactly 0 and exactly 1 with positive probability; Louizos et al. 2018,
 * eq. 10 to 13. Its location is log α, of any shape.
 *
 * @param beta the temperature β
 * @param gamma the stretched interval's lower end γ, below 0
 * @param zeta the stretched interval's upper end ζ, above 1
 */
public record HardConcrete(double beta, double gamma, double zeta) {
  public HardConcrete {
    Require.positive("beta", beta);
    Require.that(gamma < 0, "gamma", gamma, "a number below 0");
    Require.that(zeta > 1, "zeta", zeta, "a number above 1");
  }

  /** The paper's β = 2/3, γ = −0.1, ζ = 1.1. */
  public static HardConcrete standard() {
    return new HardConcrete(2.0 / 3, -0.1, 1.1);
  }

  /** A gate for each uniform number in (0, 1), differentiable in log α: eq. 10, 11. */
  public NDArray sample(NDArray logAlpha, NDArray uniform) {
    NDArray noise = uniform.log().sub(uniform.neg().add(1f).log());
    return stretched(sigmoid(logAlpha.add(noise).div(Constant.of(logAlpha, beta))));
  }

  /** The gate of the finished network, without noise: eq. 13. */
  public NDArray deterministic(NDArray logAlpha) {
    return stretched(sigmoid(logAlpha));
  }

  /** P(z ≠ 0) = sigmoid(log α − β log(−γ/ζ)): eq. 12. */
  public NDArray open(NDArray logAlpha) {
    return sigmoid(logAlpha.sub((float) (beta * Math.log(-gamma / zeta))));
  }

  private NDArray stretched(NDArray concrete) {
    return concrete.mul(Constant.of(concrete, zeta - gamma)).add((float) gamma).clip(0f, 1f);
  }

  private static NDArray sigmoid(NDArray array) {
    return array.getNDArrayInternal().sigmoid();
  }
}
