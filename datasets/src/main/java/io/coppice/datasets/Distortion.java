package io.coppice.datasets;

import io.coppice.framework.recipe.Require;

/**
 * How MNIST-1D turns a digit's template into one of its many handwritings.
 *
 * @param templateLength the template's share, in points, of the padded sequence
 * @param leastPadding the fewest zeros after the template
 * @param mostPadding the most zeros after the template; the padded sequence is brought to {@code
 *     templateLength + mostPadding} points
 * @param scale the width of the range around 1 from which the amplitude is drawn
 * @param translation the sequence is rotated by fewer points than this
 * @param correlatedNoise the standard deviation, before smoothing, of the noise in the padding
 * @param noise the standard deviation of the white noise
 * @param shear the width of the range around 0 from which the slope is drawn
 */
public record Distortion(
    int templateLength,
    int leastPadding,
    int mostPadding,
    double scale,
    int translation,
    double correlatedNoise,
    double noise,
    double shear) {

  /** The published distortion. */
  public static final Distortion PUBLISHED = new Distortion(12, 36, 60, 0.4, 48, 0.25, 0.02, 0.75);

  public Distortion {
    Require.atLeast("templateLength", templateLength, 1);
    Require.atLeast("leastPadding", leastPadding, 0);
    Require.atLeast("mostPadding", mostPadding, leastPadding);
    Require.notNegative("scale", scale);
    Require.atLeast("translation", translation, 1);
    Require.notNegative("correlatedNoise", correlatedNoise);
    Require.notNegative("noise", noise);
    Require.notNegative("shear", shear);
  }

  /** The length, in points, of a sequence while it is distorted. */
  int points() {
    return templateLength + mostPadding;
  }

  Distortion padding(int least, int most) {
    return new Distortion(
        templateLength, least, most, scale, translation, correlatedNoise, noise, shear);
  }

  Distortion templateLength(int templateLength) {
    return new Distortion(
        templateLength,
        leastPadding,
        mostPadding,
        scale,
        translation,
        correlatedNoise,
        noise,
        shear);
  }

  Distortion scale(double scale) {
    return new Distortion(
        templateLength,
        leastPadding,
        mostPadding,
        scale,
        translation,
        correlatedNoise,
        noise,
        shear);
  }

  Distortion translation(int translation) {
    return new Distortion(
        templateLength,
        leastPadding,
        mostPadding,
        scale,
        translation,
        correlatedNoise,
        noise,
        shear);
  }

  Distortion correlatedNoise(double correlatedNoise) {
    return new Distortion(
        templateLength,
        leastPadding,
        mostPadding,
        scale,
        translation,
        correlatedNoise,
        noise,
        shear);
  }

  Distortion noise(double noise) {
    return new Distortion(
        templateLength,
        leastPadding,
        mostPadding,
        scale,
        translation,
        correlatedNoise,
        noise,
        shear);
  }

  Distortion shear(double shear) {
    return new Distortion(
        templateLength,
        leastPadding,
        mostPadding,
        scale,
        translation,
        correlatedNoise,
        noise,
        shear);
  }
}
