package io.coppice.framework.sparsity;

import java.math.BigDecimal;
import java.math.MathContext;

/** A fraction as tables show it. */
public final class Percent {
  private Percent() {}

  /** Such as {@code 16 %} for 0.16 and {@code 0.5 %} for 0.005, to four significant digits. */
  public static String of(double fraction) {
    BigDecimal percent = BigDecimal.valueOf(fraction).movePointRight(2).round(new MathContext(4));
    return percent.stripTrailingZeros().toPlainString() + " %";
  }
}
