package io.coppice.datasets;

import io.coppice.framework.recipe.Require;
import java.util.List;

/**
 * Pixels p of channel c, scaled to [0, 1], become (p − mean[c]) / deviation[c].
 *
 * @param mean one mean per channel, in [0, 1]
 * @param deviation one standard deviation per channel, above 0
 */
public record Normalisation(List<Double> mean, List<Double> deviation) {
  static final int LEVELS = 256;

  public Normalisation {
    mean = List.copyOf(mean);
    deviation = List.copyOf(deviation);
    Require.that(mean.size() == deviation.size(), "deviation", deviation, mean.size() + " numbers");
    deviation.forEach(value -> Require.positive("deviation", value));
  }

  /** The normalised values of one channel's 256 levels. */
  float[] levels(int channel) {
    float[] values = new float[LEVELS];
    for (int level = 0; level < LEVELS; level++) {
      double value = level / (LEVELS - 1.0);
      values[level] = (float) ((value - mean.get(channel)) / deviation.get(channel));
    }
    return values;
  }
}
