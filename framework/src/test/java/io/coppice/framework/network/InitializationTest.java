package io.coppice.framework.network;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class InitializationTest {
  private static final Shape LINEAR = new Shape(400, 100);
  private static final Shape KERNEL = new Shape(64, 32, 5, 5);

  /** Variances by hand: fan in 100, fan out 400; with kernels 32·25 = 800 and 64·25 = 1600. */
  @ParameterizedTest
  @CsvSource({
    "KAIMING_NORMAL, 0.02, 0.0025, 0",
    "KAIMING_UNIFORM, 0.02, 0.0025, 0.244949",
    "XAVIER_NORMAL, 0.004, 0.000833333, 0",
    "XAVIER_UNIFORM, 0.004, 0.000833333, 0.109545",
    "PYTORCH, 0.00333333, 0.000416667, 0.1",
  })
  void hasThePapersMoments(
      Initialization initialization, double linear, double kernel, double linearBound) {
    check(initialization.sample(LINEAR, new Random(3)), linear, linearBound);
    check(initialization.sample(KERNEL, new Random(3)), kernel, 0);
  }

  private static void check(float[] values, double variance, double bound) {
    double sum = 0;
    double squares = 0;
    double greatest = 0;
    for (float value : values) {
      sum += value;
      squares += value * value;
      greatest = Math.max(greatest, Math.abs(value));
    }
    double sigma = Math.sqrt(variance);
    assertEquals(0, sum / values.length, 4 * sigma / Math.sqrt(values.length));
    assertEquals(1, squares / values.length / variance, 4 * Math.sqrt(2.0 / values.length));
    if (bound > 0) {
      assertTrue(greatest <= bound && greatest > 0.99 * bound, "greatest " + greatest);
    } else if (variance == 0.02) {
      assertTrue(greatest > 3 * sigma, "a normal's tail, not " + greatest);
    }
  }

  @ParameterizedTest
  @EnumSource
  void dependsOnTheSeedOnly(Initialization initialization) {
    assertArrayEquals(
        initialization.sample(LINEAR, new Random(7)), initialization.sample(LINEAR, new Random(7)));
  }

  @Test
  void drawsRowByRow() {
    float[] few = Initialization.KAIMING_NORMAL.sample(new Shape(1, 4), new Random(7));
    float[] more = Initialization.KAIMING_NORMAL.sample(new Shape(2, 4), new Random(7));
    for (int i = 0; i < few.length; i++) {
      assertEquals(few[i], more[i]);
    }
  }
}
