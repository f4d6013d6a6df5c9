package io.coppice.framework.display;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Finite numbers as text, the same in every locale. */
public final class Figures {
  private static final int ALIGNED_DIGITS = 6;

  private Figures() {}

  public static String fixed(double value, int decimals) {
    String text = String.format(Locale.ROOT, "%." + decimals + "f", value);
    return text.matches("-0\\.?0*") ? text.substring(1) : text;
  }

  /** One decimal below a hundred, none above; small numbers keep two digits that say something. */
  public static String brief(double value) {
    double size = Math.abs(value);
    if (size >= 99.95) {
      return String.format(Locale.ROOT, "%.0f", value);
    }
    if (size >= 0.95 || size == 0) {
      return fixed(value, 1);
    }
    return shortest(new BigDecimal(value).round(new MathContext(2)).doubleValue());
  }

  /** 850, 42.5K, 266K, 1.2M: a count in at most five characters. */
  public static String thousands(double count) {
    double size = Math.abs(count);
    if (size < 999.5) {
      return size == Math.rint(size) ? String.format(Locale.ROOT, "%.0f", count) : brief(count);
    }
    String[] suffixes = {"K", "M", "G", "T"};
    double scaled = count / 1000;
    int i = 0;
    while (Math.abs(scaled) >= 999.95 && i < suffixes.length - 1) {
      scaled /= 1000;
      i++;
    }
    return fixed(scaled, 1) + suffixes[i];
  }

  /** 266,200: every digit of a count, in groups of three. */
  public static String grouped(long count) {
    return String.format(Locale.ROOT, "%,d", count);
  }

  /** Decimal multiples, as disks are sold: 1.1 MB. */
  public static String bytes(double count) {
    String text = thousands(count);
    char last = text.charAt(text.length() - 1);
    return Character.isDigit(last)
        ? text + " B"
        : text.substring(0, text.length() - 1) + (last == 'K' ? " kB" : " " + last + "B");
  }

  /** As few digits as the number needs. */
  public static String shortest(double value) {
    BigDecimal rounded = new BigDecimal(value).round(new MathContext(6)).stripTrailingZeros();
    return rounded.signum() == 0 ? "0" : rounded.toPlainString();
  }

  /**
   * Numbers that stand below each other, to six digits of the largest, all with as many decimals as
   * one of them needs. One too small for these stands as 1.2e-9; NaN is an empty text.
   */
  public static List<String> aligned(double[] values) {
    double largest = Arrays.stream(values).filter(Double::isFinite).map(Math::abs).max().orElse(0);
    int magnitude = largest == 0 ? 0 : (int) Math.floor(Math.log10(largest));
    if (magnitude > 14) {
      return Arrays.stream(values).mapToObj(Figures::scientific).toList();
    }
    int most = Math.max(0, Math.min(12, ALIGNED_DIGITS - 1 - magnitude));
    int decimals = Arrays.stream(values).mapToInt(value -> decimals(value, most)).max().orElse(0);
    double least = Math.pow(10, -decimals) / 2;
    return Arrays.stream(values)
        .mapToObj(
            value ->
                value != 0 && Math.abs(value) < least || Double.isInfinite(value)
                    ? scientific(value)
                    : Double.isNaN(value) ? "" : fixed(value, decimals))
        .toList();
  }

  private static int decimals(double value, int most) {
    if (!Double.isFinite(value)) {
      return 0;
    }
    BigDecimal rounded =
        new BigDecimal(value).setScale(most, RoundingMode.HALF_EVEN).stripTrailingZeros();
    return Math.max(0, rounded.scale());
  }

  private static String scientific(double value) {
    if (Double.isNaN(value)) {
      return "";
    }
    return Double.isInfinite(value)
        ? (value > 0 ? "∞" : "-∞")
        : String.format(Locale.ROOT, "%.1e", value);
  }
}
