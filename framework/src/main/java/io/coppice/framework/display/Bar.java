package io.coppice.framework.display;

/** A share drawn with characters. */
public final class Bar {
  /** The characters of a bar in a table. */
  static final int LENGTH = 10;

  private Bar() {}

  /** So many characters, of which the share is full; a share above 0 fills one at least. */
  public static String text(double share, int length) {
    int rounded = (int) Math.round(length * share);
    int full = share > 0 ? Math.max(1, rounded) : 0;
    int shown = share < 1 ? Math.min(full, length - 1) : length;
    return "█".repeat(shown) + "░".repeat(length - shown);
  }
}
