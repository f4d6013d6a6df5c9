package io.coppice.framework.display;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Finite numbers as text, the same in every locale. */
public final class Figures {
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
}
