package io.coppice.framework.display;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A curve in one line of text. */
public final class Spark {
  private static final String LEVELS = "▁▂▃▄▅▆▇█";

  private Spark() {}

  /** At most {@code width} characters, from the least value's ▁ to the greatest's █. */
  public static String line(double[] values, int width) {
    double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
    if (finite.length == 0) {
      return "";
    }
    double low = Arrays.stream(finite).min().orElseThrow();
    double high = Arrays.stream(finite).max().orElseThrow();
    int length = Math.min(width, finite.length);
    return IntStream.range(0, length)
        .mapToDouble(i -> finite[(int) ((long) (i + 1) * finite.length / length) - 1])
        .mapToObj(value -> level(high > low ? (value - low) / (high - low) : 0.5))
        .collect(Collectors.joining());
  }

  /** One character for a share from 0 to 1. */
  public static String level(double share) {
    int index = (int) Math.round(share * (LEVELS.length() - 1));
    return LEVELS.substring(index, index + 1);
  }
}
