package io.coppice.framework.measure;

/**
 * {@link FlopsDense} over {@link FlopsSparse}, the theoretical speed-up; NaN when no weight is
 * left.
 */
public record FlopsRatio() implements Metric {

  @Override
  public String column() {
    return "flops_ratio";
  }

  @Override
  public double of(Trained trained) {
    double sparse = new FlopsSparse().of(trained);
    return sparse == 0 ? Double.NaN : new FlopsDense().of(trained) / sparse;
  }
}
