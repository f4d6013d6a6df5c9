package io.coppice.framework.measure;

/** {@link Parameters} over {@link Nonzero}; NaN when no weight is left. */
public record Compression() implements Metric {

  @Override
  public String column() {
    return "compression";
  }

  @Override
  public double of(Trained trained) {
    double nonzero = trained.liveness().nonzero();
    return nonzero == 0 ? Double.NaN : new Parameters().of(trained) / nonzero;
  }
}
