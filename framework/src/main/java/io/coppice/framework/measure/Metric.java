package io.coppice.framework.measure;

/** One column of a run's row. */
public interface Metric {

  /** The column's name, with its unit where it could be mistaken, such as {@code latency_us}. */
  String column();

  /** The finished network's value; NaN where the metric makes no sense for it. */
  double of(Trained trained);
}
