package io.coppice.framework.measure;

/**
 * Floating-point operations of one example through the weights, all of them multiplied: a
 * multiply-add is 2. A kernel weight counts once per output position, padded or not, a recurrent
 * weight once per time step. Biases, activations, pooling and normalisation do not count.
 */
public record FlopsDense() implements Metric {

  @Override
  public String column() {
    return "flops_dense";
  }

  @Override
  public double of(Trained trained) {
    return trained.network().layers().stream().mapToLong(l -> 2 * l.positions() * l.size()).sum();
  }
}
