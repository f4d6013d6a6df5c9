package io.coppice.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import org.junit.jupiter.api.Test;

class SequencesTest {

  @Test
  void resamplingInterpolatesLinearly() {
    double[] values = {0, 2, 6};
    assertArrayEquals(new double[] {0, 1, 2, 4, 6}, Sequences.resampled(values, 5), 1e-15);
    assertArrayEquals(new double[] {0, 6}, Sequences.resampled(values, 2), 0);
    assertArrayEquals(new double[] {0}, Sequences.resampled(values, 1), 0);
    assertArrayEquals(new double[] {7, 7, 7}, Sequences.resampled(new double[] {7}, 3), 0);
  }

  @Test
  void resamplingToTheSameLengthChangesNoBit() {
    double[] values = {0.1, -0.7, 0, 0, 3.3, 1e-8, 0};
    assertArrayEquals(values, Sequences.resampled(values, values.length), 0);
  }

  @Test
  void rotationMovesTheLastValuesToTheFront() {
    double[] values = {1, 2, 3};
    assertArrayEquals(new double[] {1, 2, 3}, Sequences.rotatedRight(values, 0));
    assertArrayEquals(new double[] {3, 1, 2}, Sequences.rotatedRight(values, 1));
    assertArrayEquals(new double[] {2, 3, 1}, Sequences.rotatedRight(values, 2));
    assertArrayEquals(new double[] {1, 2, 3}, Sequences.rotatedRight(values, 4));
  }
}
