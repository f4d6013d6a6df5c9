package io.coppice.framework.measure;

import java.util.Map;

/** One column of a run's row. */
public interface Metric extends Measurement {

  /** The column's name, with its unit where it could be mistaken, such as {@code latency_us}. */
  String column();

  /** The finished network's value; NaN where the metric makes no sense for it. */
  double of(Trained trained);

  @Override
  default Row columns(Trained trained) {
    return Row.of(Map.of(column(), of(trained)));
  }
}
