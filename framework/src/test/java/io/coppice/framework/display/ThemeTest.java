package io.coppice.framework.display;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Color;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The colours as readers with different eyes see them. */
class ThemeTest {
  /** Two colours side by side are told apart at a glance from about 10, in CIELAB (1976). */
  private static final double FAR = 15;

  /**
   * Complete dichromacy in linear RGB: Machado, Oliveira and Fernandes, "A Physiologically-based
   * Model for Simulation of Color Vision Deficiency", 2009.
   */
  private enum Vision {
    USUAL(1, 0, 0, 0, 1, 0, 0, 0, 1),
    PROTAN(
        0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116,
        1.051998),
    DEUTAN(
        0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881),
    TRITAN(
        1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367,
        0.303900);

    private final double[] matrix;

    Vision(double... matrix) {
      this.matrix = matrix;
    }

    double[] seen(Color colour) {
      double[] rgb = linear(colour);
      return IntStream.range(0, 3)
          .mapToDouble(
              row ->
                  matrix[3 * row] * rgb[0]
                      + matrix[3 * row + 1] * rgb[1]
                      + matrix[3 * row + 2] * rgb[2])
          .map(value -> Math.max(0, Math.min(1, value)))
          .toArray();
    }
  }

  private static double[] linear(Color colour) {
    return IntStream.of(colour.getRed(), colour.getGreen(), colour.getBlue())
        .mapToDouble(value -> value / 255.0)
        .map(v -> v <= 0.04045 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4))
        .toArray();
  }

  private static double luminance(double[] rgb) {
    return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
  }

  /** WCAG 2's contrast, from 1 to 21. */
  private static double contrast(Color a, Color b) {
    double first = luminance(linear(a)) + 0.05;
    double second = luminance(linear(b)) + 0.05;
    return Math.max(first, second) / Math.min(first, second);
  }

  private static double[] lab(double[] rgb) {
    double x = f((0.4124 * rgb[0] + 0.3576 * rgb[1] + 0.1805 * rgb[2]) / 0.95047);
    double y = f(luminance(rgb));
    double z = f((0.0193 * rgb[0] + 0.1192 * rgb[1] + 0.9505 * rgb[2]) / 1.08883);
    return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
  }

  private static double f(double t) {
    return t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16.0 / 116;
  }

  private static double difference(double[] a, double[] b) {
    double[] first = lab(a);
    double[] second = lab(b);
    return Math.sqrt(
        IntStream.range(0, 3).mapToDouble(i -> Math.pow(first[i] - second[i], 2)).sum());
  }

  private static List<Color> series(Theme theme) {
    List<Color> colours = new ArrayList<>();
    colours.add(theme.colour(new Look("dense", -1, 0)));
    IntStream.range(0, Theme.COLOURS).mapToObj(theme::series).forEach(colours::add);
    return colours;
  }

  @ParameterizedTest
  @EnumSource(Theme.class)
  void seriesAreToldApartByAllEyes(Theme theme) {
    List<Color> colours = series(theme);
    for (Vision vision : Vision.values()) {
      for (Color a : colours) {
        for (Color b : colours) {
          double difference = difference(vision.seen(a), vision.seen(b));
          assertTrue(a == b || difference > FAR, () -> vision + " " + a + b + " " + difference);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Theme.class)
  void everythingStandsOutFromItsGround(Theme theme) {
    // Okabe's and Ito's orange and sky blue are light; darker ones are told apart by fewer eyes
    double least = theme == Theme.LIGHT ? 2.2 : 4.5;
    for (Color colour : series(theme)) {
      assertTrue(contrast(colour, theme.ground()) > least, colour::toString);
    }
    assertTrue(contrast(theme.ink(), theme.ground()) > 12);
    assertTrue(contrast(theme.faint(), theme.ground()) > 4.5);
  }
}
