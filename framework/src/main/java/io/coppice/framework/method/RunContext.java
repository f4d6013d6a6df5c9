package io.coppice.framework.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.coppice.framework.data.TensorExamples;
import io.coppice.framework.recipe.Timeline;
import java.util.Random;

/** What a method may know of the run it is bound to. */
public interface RunContext {

  long seed();

  Timeline timeline();

  /** Memory that lives as long as the run. */
  NDManager manager();

  /** The training part, for methods with phases of their own. */
  TensorExamples data();

  /** A random source that depends on the run's seed and these words only. */
  default Random random(String purpose, long moment) {
    long mixed = seed() * 0x9E3779B97F4A7C15L + purpose.hashCode() * 0xBF58476D1CE4E5B9L + moment;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    return new Random(mixed ^ (mixed >>> 27));
  }

  /** Whom a method with gates tells of each step; nobody unless the run is filmed. */
  default GateWatch gateWatch() {
    return open -> {};
  }

  /** The task's loss of logits [batch, classes], a scalar. */
  NDArray loss(NDArray logits, NDArray targets);
}
