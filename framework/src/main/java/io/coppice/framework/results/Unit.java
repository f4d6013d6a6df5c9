package io.coppice.framework.results;

import io.coppice.framework.display.Figures;

/** How people read a column's numbers. */
public enum Unit {
  /** A fraction, read as per cent. */
  FRACTION(100, false),
  /** Things counted: 42.5K. */
  COUNT(1, true),
  /** A ratio: 6.3×. */
  TIMES(1, true),
  SECONDS(1, true),
  MICROSECONDS(1, true),
  BYTES(1, true),
  MEBIBYTES(1, false),
  /** A cross-entropy. */
  NATS(1, false);

  private final double scale;
  private final boolean multiplies;

  Unit(double scale, boolean multiplies) {
    this.scale = scale;
    this.multiplies = multiplies;
  }

  /** A value as charts place it: fractions in per cent, all others as they are. */
  double plotted(double value) {
    return scale * value;
  }

  /** Whether equal factors, not equal steps, are what matters: such an axis may be logarithmic. */
  boolean multiplies() {
    return multiplies;
  }

  /** A value as a reader wants it, or an empty string when there is none. */
  public String show(double value) {
    if (!Double.isFinite(value)) {
      return "";
    }
    return switch (this) {
      case FRACTION -> Figures.fixed(100 * value, 2);
      case COUNT -> Figures.thousands(value);
      case TIMES -> Figures.brief(value) + "×";
      case SECONDS -> Figures.brief(value) + " s";
      case MICROSECONDS -> Figures.brief(value) + " µs";
      case BYTES -> Figures.bytes(value);
      case MEBIBYTES -> Figures.brief(value) + " MiB";
      case NATS -> Figures.fixed(value, 4);
    };
  }

  /** A place on an axis, already {@link #plotted}, as its tick says it. */
  String tick(double place) {
    return switch (this) {
      case COUNT -> Figures.thousands(place);
      case BYTES -> Figures.bytes(place);
      case TIMES -> Figures.shortest(place) + "×";
      default -> Figures.shortest(place);
    };
  }
}
