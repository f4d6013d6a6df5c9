package io.coppice.framework.measure;

/** {@link FlopsDense}, but of the weights that {@link Nonzero} counts. */
public record FlopsSparse() implements Metric {

  @Override
  public String column() {
    return "flops_sparse";
  }

  @Override
  public double of(Trained trained) {
    return trained.network().layers().stream()
        .mapToLong(layer -> 2 * layer.positions() * trained.liveness().nonzero(layer))
        .sum();
  }
}
