package io.coppice.framework.data;

import java.util.Optional;
import java.util.OptionalInt;

/** The recipe of a data set and its split: pure data, hashed into the run's name. */
public interface DataSource {

  /** The data set's name in tables. */
  String name();

  /** How many examples {@link #load} gives for training; empty where only loading can tell. */
  default OptionalInt trainingExamples() {
    return OptionalInt.empty();
  }

  /** What {@link #load} gives examples of; empty where only loading can tell. */
  default Optional<Signature> signature() {
    return Optional.empty();
  }

  /**
   * Reads, or generates, and splits the data; the same recipe gives the same parts.
   *
   * @throws DataException when the data are absent, damaged or not to be had
   */
  Parts load();
}
