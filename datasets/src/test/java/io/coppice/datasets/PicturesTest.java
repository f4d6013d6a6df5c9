package io.coppice.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import ai.djl.ndarray.types.Shape;
import io.coppice.framework.data.Examples;
import java.util.List;
import org.junit.jupiter.api.Test;

class PicturesTest {
  /** Three pictures of two channels of 1×2 pixels. */
  private static final Pictures PICTURES =
      new Pictures(
          new byte[] {0, 51, -1, -1, 102, (byte) 153, 0, 0, (byte) 204, -1, -1, 0},
          new int[] {4, 5, 6},
          new Shape(2, 1, 2));

  @Test
  void everyChannelIsNormalisedByItself() {
    Normalisation normalisation = new Normalisation(List.of(0.2, 0.5), List.of(0.1, 0.25));
    Examples examples = PICTURES.examples(new int[] {2, 0}, normalisation);
    assertArrayEquals(new float[] {6, 8, 2, -2, -2, 0, 2, 2}, examples.features(), 1e-5f);
    assertArrayEquals(new int[] {6, 4}, examples.labels());
    assertEquals(new Shape(2, 1, 2), examples.sample());
  }

  @Test
  void theNormalisationIsFittedOnTheChosenPicturesAlone() {
    Normalisation fitted = PICTURES.fitted(new int[] {0, 1});
    assertEquals((0 + 0.2 + 0.4 + 0.6) / 4, fitted.mean().get(0), 1e-12);
    assertEquals(Math.sqrt((0.09 + 0.01 + 0.01 + 0.09) / 4), fitted.deviation().get(0), 1e-12);
    assertEquals(0.5, fitted.mean().get(1), 1e-12);
    assertEquals(0.5, fitted.deviation().get(1), 1e-12);
  }

  @Test
  void aConstantChannelIsOnlyCentred() {
    Normalisation fitted =
        new Pictures(new byte[] {7, 7}, new int[2], new Shape(1, 1, 1)).fitted(new int[] {0, 1});
    assertEquals(1.0, fitted.deviation().get(0));
  }
}
