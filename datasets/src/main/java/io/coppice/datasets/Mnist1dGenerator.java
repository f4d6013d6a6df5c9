package io.coppice.datasets;

import ai.djl.ndarray.types.Shape;
import io.coppice.framework.data.Examples;
import java.util.Arrays;

/**
 * The published generator of MNIST-1D, draw for draw. Every sample pads a digit's template, scales
 * and rotates it, fills the padding with correlated noise, adds white noise, shears and resamples;
 * then all samples are put in a random order and standardised together.
 */
final class Mnist1dGenerator {
  static final int CLASSES = 10;

  private static final double OFFSET = 1e-8;
  private static final GaussianFilter SMOOTHING = new GaussianFilter(2);

  private final Mnist1d recipe;
  private final Distortion distortion;
  private final NumPyRandom random;

  Mnist1dGenerator(Mnist1d recipe) {
    this.recipe = recipe;
    this.distortion = recipe.distortion();
    this.random = new NumPyRandom(recipe.seed());
  }

  /** How many of the generated samples are the training part. */
  static int trainCount(int samples, double trainFraction) {
    return (int) (samples / CLASSES * CLASSES * trainFraction);
  }

  /** All samples, the training part first. */
  Examples generate() {
    int perClass = recipe.samples() / CLASSES;
    int count = perClass * CLASSES;
    double[][] sequences = new double[count][];
    for (int i = 0; i < count; i++) {
      sequences[i] = distorted(DigitTemplates.of(i / perClass));
    }
    int[] order = random.permutation(count);
    int[] points =
        recipe.shuffledSequence()
            ? random.permutation(recipe.length())
            : Sequences.positions(recipe.length());
    double[] values = new double[count * recipe.length()];
    int[] labels = new int[count];
    for (int i = 0; i < count; i++) {
      labels[i] = order[i] / perClass;
      for (int j = 0; j < points.length; j++) {
        values[i * points.length + j] = sequences[order[i]][points[j]];
      }
    }
    return new Examples(standardised(values), labels, new Shape(recipe.length()));
  }

  private double[] distorted(double[] template) {
    int least = distortion.leastPadding();
    int padding = least + (int) (random.rand() * (distortion.mostPadding() - least + 1));
    double[] padded = new double[template.length + padding];
    for (int i = 0; i < template.length; i++) {
      padded[i] = template[i] + OFFSET;
    }
    double[] sequence = Sequences.resampled(padded, distortion.points());
    double amplitude = 1 + distortion.scale() * (random.rand() - 0.5);
    for (int i = 0; i < sequence.length; i++) {
      sequence[i] *= amplitude;
    }
    sequence = Sequences.rotatedRight(sequence, random.choice(distortion.translation()));
    double[] padNoise = SMOOTHING.apply(normals(distortion.correlatedNoise(), sequence.length));
    double[] noise = normals(distortion.noise(), sequence.length);
    double slope = distortion.shear() * (random.rand() - 0.5);
    for (int i = 0; i < sequence.length; i++) {
      double value = sequence[i] != 0 ? sequence[i] : padNoise[i];
      sequence[i] = value + noise[i] - slope * Sequences.spaced(-0.5, 0.5, i, sequence.length);
    }
    return Sequences.resampled(sequence, recipe.length());
  }

  private double[] normals(double deviation, int count) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = deviation * random.randn();
    }
    return values;
  }

  private static float[] standardised(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance =
        Arrays.stream(values).map(v -> (v - mean) * (v - mean)).average().orElseThrow();
    double deviation = StrictMath.sqrt(variance);
    float[] standardised = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      standardised[i] = (float) ((values[i] - mean) / deviation);
    }
    return standardised;
  }
}
