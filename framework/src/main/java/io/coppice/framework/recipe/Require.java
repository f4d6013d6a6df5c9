package io.coppice.framework.recipe;

/**
 * The checks that recipes share; each throws a {@link RecipeException} and returns its value
 * otherwise.
 */
public final class Require {
  private Require() {}

  /** A fraction in (0, 1]. */
  public static double fraction(String parameter, double value) {
    return that(value > 0 && value <= 1, parameter, value, "a fraction above 0 and at most 1");
  }

  /** A fraction in (0, 1): some, but not all. */
  public static double part(String parameter, double value) {
    return that(value > 0 && value < 1, parameter, value, "a fraction above 0 and below 1");
  }

  /** A finite number above zero. */
  public static double positive(String parameter, double value) {
    return that(value > 0 && Double.isFinite(value), parameter, value, "a number above 0");
  }

  /** A finite number, zero or above. */
  public static double notNegative(String parameter, double value) {
    return that(value >= 0 && Double.isFinite(value), parameter, value, "a number of 0 or more");
  }

  /** A number in [low, high). */
  public static double within(String parameter, double value, double low, double high) {
    return that(
        value >= low && value < high, parameter, value, "at least " + low + " and below " + high);
  }

  /** An integer of at least {@code low}. */
  public static int atLeast(String parameter, int value, int low) {
    return that(value >= low, parameter, value, "an integer of at least " + low);
  }

  /** Any condition of a recipe's own. */
  public static <T> T that(boolean condition, String parameter, T value, String allowed) {
    if (!condition) {
      throw RecipeException.of(parameter, value, allowed);
    }
    return value;
  }
}
