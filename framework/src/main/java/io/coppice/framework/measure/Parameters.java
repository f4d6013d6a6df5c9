package io.coppice.framework.measure;

import io.coppice.framework.network.Layer;

/**
 * All prunable weights, zero or not: the entries of the weight matrices and kernels, without biases
 * and normalisation, as the literature on sparse networks counts (266,200 for LeNet-300-100).
 */
public record Parameters() implements Metric {

  @Override
  public String column() {
    return "parameters";
  }

  @Override
  public double of(Trained trained) {
    return trained.network().layers().stream().mapToLong(Layer::size).sum();
  }
}
