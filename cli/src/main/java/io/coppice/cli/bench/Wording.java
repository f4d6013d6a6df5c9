package io.coppice.cli.bench;

import io.coppice.framework.ops.Layout;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.Locale;

/** How the benchmark writes what it measured. */
final class Wording {
  private Wording() {}

  /** A fraction such as 0.875 as {@code 87.5 %}. */
  static String percent(double fraction) {
    DecimalFormat format = new DecimalFormat("0.#", DecimalFormatSymbols.getInstance(Locale.ROOT));
    return format.format(100 * fraction) + " %";
  }

  static String threads(int threads) {
    return threads + (threads == 1 ? " thread" : " threads");
  }

  /** A layout's name for programs: {@code csr}, {@code block 4x1}, {@code 2:4}. */
  static String key(Layout layout) {
    if (layout instanceof Layout.Blocks blocks) {
      return "block " + blocks.blockRows() + "x" + blocks.blockColumns();
    }
    return layout.toString().toLowerCase(Locale.ROOT);
  }

  /** Three digits: {@code 0.87}, {@code 3.42}, {@code 12.3}, {@code 104}. */
  static String digits(double value) {
    int decimals = value < 9.995 ? 2 : value < 99.95 ? 1 : 0;
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
