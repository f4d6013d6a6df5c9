package io.coppice.framework.measure;

/** One or more columns of a run's row, taken together. */
@FunctionalInterface
public interface Measurement {

  /** The finished network's values by column. */
  Row columns(Trained trained);
}
