package io.coppice.framework.measure;

/**
 * The weights that are not 0 after dead units are removed: a weight that touches a dead neuron or
 * channel does not count. Biases do not count, as in {@link Parameters}.
 */
public record Nonzero() implements Metric {

  @Override
  public String column() {
    return "nonzero";
  }

  @Override
  public double of(Trained trained) {
    return trained.liveness().nonzero();
  }
}
