package io.coppice.framework.method.sharing;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class PullTest {

  /** Smaller minus greater: of the two 3s, 3 values are below and 1 is above. */
  @Test
  void equalWeightsArePulledAlike() {
    float[] weights = {3, 2, 1, 2, 3, 4};
    assertEquals(0, Pull.gradient(new float[] {-0f, 0, -1, 5})[0], "−0 is 0");
    double norm = Math.sqrt(9 + 4 + 1 + 4 + 9 + 16);
    double[] expected = {2, -2, -5, -2, 2, 5};
    for (int i = 0; i < expected.length; i++) {
      expected[i] = (expected[i] + weights[i] / norm) / 6;
    }
    assertArrayEquals(expected, Pull.gradient(weights), 1e-12);
  }

  @Test
  void theGradientIsThatOfThePenalty() {
    float[] weights = new float[40];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = (17 * i % 40 - 15) / 16f;
    }
    double[] gradient = Pull.gradient(weights);
    float h = 1 / 64f;
    for (int i = 0; i < weights.length; i++) {
      float[] up = weights.clone();
      float[] down = weights.clone();
      up[i] += h;
      down[i] -= h;
      double slope = (penalty(up) - penalty(down)) / ((double) up[i] - down[i]);
      assertEquals(slope / weights.length, gradient[i], 1e-6, "weight " + i);
    }
  }

  private static double penalty(float[] weights) {
    double pairs = 0;
    double squares = 0;
    for (int i = 0; i < weights.length; i++) {
      squares += (double) weights[i] * weights[i];
      for (int j = 0; j < i; j++) {
        pairs += Math.abs((double) weights[i] - weights[j]);
      }
    }
    return pairs + Math.sqrt(squares);
  }

  @Test
  void aStepIsTakenAndRounded() {
    float[] weights = {0.5f, 0, 0, 0, -0.25f};

    Pull.apply(weights, 0.1, 4);
    double norm = Math.sqrt(0.25 + 0.0625);
    float first = (float) (Math.rint((0.5 - 0.1 * (4 + 0.5 / norm) / 5) * 1e4) / 1e4);
    float last = (float) (Math.rint((-0.25 + 0.1 * (4 + 0.25 / norm) / 5) * 1e4) / 1e4);
    assertArrayEquals(new float[] {first, 0, 0, 0, last}, weights);
  }

  @Test
  void aWeightThatWouldCrossZeroStopsThere() {
    float[] weights = {0.01f, 0, 0, -0.01f, 1};
    Pull.apply(weights, 0.1, 6);
    assertEquals(0f, weights[0]);
    assertEquals(0, Float.floatToRawIntBits(weights[3]), "and is no -0");
    assertEquals(1 - 0.1 * (4 + 1 / Math.sqrt(1.0002)) / 5, weights[4], 1e-6);
  }

  @Test
  void theModeBecomesZero() {
    float[] weights = {0.3f, 0.3f, 0.3f, 0.1f, 0};
    assertEquals(0.3f, Pull.mode(weights));
    Pull.apply(weights, 1e-9, 3);
    assertArrayEquals(new float[] {0, 0, 0, 0.1f, 0}, weights);
  }
}
