package io.coppice.repro;

import io.coppice.framework.statistics.Estimate;

/**
 * What our runs say of one printed row.
 *
 * @param accuracy of our finished seeds, in per cent
 * @param weights that our networks keep
 * @param seconds of training
 * @param seeds that were run, collapsed ones too
 * @param margin what the printed accuracy may be off by, in points: see {@link Rule}
 * @param sentence the verdict in one plain sentence
 */
record Finding(
    Published row,
    Estimate accuracy,
    Estimate weights,
    Estimate seconds,
    int seeds,
    double margin,
    Kind kind,
    String sentence) {

  /** The verdicts there are. */
  enum Kind {
    BETTER("better"),
    REPRODUCED("reproduced"),
    WITH_CHANGES("reproduced with changes"),
    NOT_REPRODUCED("not reproduced"),
    OPEN("open");

    private final String words;

    Kind(String words) {
      this.words = words;
    }

    String words() {
      return words;
    }
  }

  /** Our mean minus the printed accuracy, in points. */
  double difference() {
    return accuracy.mean() - row.accuracy();
  }
}
