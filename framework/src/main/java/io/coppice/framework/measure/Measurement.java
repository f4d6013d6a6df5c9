package io.coppice.framework.measure;

import java.util.Map;

/** One or more columns of a run's row, taken together. */
@FunctionalInterface
public interface Measurement {

  /** The finished network's values by column, in the columns' order; NaN where one has no sense. */
  Map<String, Double> columns(Trained trained);
}
