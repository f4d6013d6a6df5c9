package io.coppice.framework.method.gates;

import ai.djl.ndarray.NDArray;
import io.coppice.framework.network.Constant;

/** The gates z of one layer as its switcher emits them, with the sums that all else needs. */
final class RawGates {
  private final NDArray gates;
  private final NDArray sum;
  private final NDArray squares;
  private final long open;

  RawGates(NDArray gates) {
    this.gates = gates;
    this.sum = gates.sum();
    this.squares = gates.square().sum();
    this.open = GatedLayers.open(gates.stopGradient());
  }

  /** The number of gates above 0. */
  long open() {
    return open;
  }

  boolean areFinite() {
    return Float.isFinite(sum.getFloat());
  }

  /** z, or z over its root mean square if that is wanted and a gate is open. */
  NDArray scaled(boolean normalise) {
    return normalise && open > 0 ? gates.mul(Constant.of(gates, 1).div(rootMeanSquare())) : gates;
  }

  /** √(Σz² / open). */
  NDArray rootMeanSquare() {
    return squares.mul(Constant.of(gates, 1.0 / open)).sqrt();
  }

  /** neff(z) = (Σz)² / (N Σz²): 1 for equal gates, 1/N for a single open one. */
  NDArray effectiveShare() {
    return sum.square().div(squares.mul(Constant.of(gates, gates.size())));
  }
}
