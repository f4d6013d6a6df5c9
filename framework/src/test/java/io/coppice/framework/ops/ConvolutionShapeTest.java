package io.coppice.framework.ops;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coppice.framework.recipe.RecipeException;
import org.junit.jupiter.api.Test;

class ConvolutionShapeTest {

  @Test
  void knowsItsSizes() {
    ConvolutionShape shape = new ConvolutionShape(6, 32, 30, 3, 5, 2, 1, 3);
    assertEquals(16, shape.outputHeight());
    assertEquals(14, shape.outputWidth());
    assertEquals(2 * 3 * 5, shape.columns());
    assertEquals(6 * 32 * 30, shape.inputs());
    assertEquals(9 * 16 * 14, shape.outputs(9));
    ConvolutionShape whole = new ConvolutionShape(1, 5, 5, 5, 5, 7, 0, 1);
    assertEquals(1, whole.outputHeight() * whole.outputWidth());
  }

  @Test
  void refusesWhatIsNoConvolution() {
    String least1 = " is 0; allowed: an integer of at least 1";
    assertRefused("channelsIn" + least1, 0, 5, 5, 3, 3, 1, 0, 1);
    assertRefused("height" + least1, 1, 0, 5, 3, 3, 1, 0, 1);
    assertRefused("width" + least1, 1, 5, 0, 3, 3, 1, 0, 1);
    assertRefused("stride" + least1, 1, 5, 5, 3, 3, 0, 0, 1);
    assertRefused("groups" + least1, 1, 5, 5, 3, 3, 1, 0, 0);
    assertRefused("padding is -1; allowed: an integer of at least 0", 1, 5, 5, 3, 3, 1, -1, 1);
    assertRefused("groups is 2; allowed: a divisor of channelsIn 3", 3, 5, 5, 3, 3, 1, 0, 2);
    assertRefused("kernelHeight is 0; allowed: 1 to the padded size 7", 1, 5, 5, 0, 3, 1, 1, 1);
    assertRefused("kernelWidth is 6; allowed: 1 to the padded size 5", 1, 9, 5, 6, 6, 1, 0, 1);
    assertRefused(
        "channelsIn · height · width is 3 · 30000 · 30000; allowed: a product below 2^31",
        3,
        30_000,
        30_000,
        3,
        3,
        1,
        0,
        1);
    assertRefused(
        "padding is 1073741822; allowed: a padded size below 2^31",
        1,
        5,
        5,
        3,
        3,
        1,
        1_073_741_822,
        1);
  }

  private static void assertRefused(
      String sentence,
      int channelsIn,
      int height,
      int width,
      int kernelHeight,
      int kernelWidth,
      int stride,
      int padding,
      int groups) {
    RecipeException refusal =
        assertThrows(
            RecipeException.class,
            () ->
                new ConvolutionShape(
                    channelsIn, height, width, kernelHeight, kernelWidth, stride, padding, groups));
    assertEquals(sentence, refusal.getMessage());
  }

  @Test
  void refusesWeightsThatDoNotFit() {
    ConvolutionShape shape = new ConvolutionShape(4, 8, 8, 3, 3, 1, 1, 2);
    Topology narrow = new Topology(new Layout.Csr(), 4, 17, new int[5], new int[0]);
    Topology odd = new Topology(new Layout.Csr(), 3, 18, new int[4], new int[0]);
    ConvolutionShape wide = new ConvolutionShape(1, 40_000, 40_000, 1, 1, 1, 0, 1);
    Topology two = new Topology(new Layout.Csr(), 2, 1, new int[3], new int[0]);
    assertEquals("columns is 17; allowed: 18", refusal(shape, narrow));
    assertEquals("rows is 3; allowed: a multiple of groups 2", refusal(shape, odd));
    assertEquals("outputs is 2 · 40000 · 40000; allowed: a product below 2^31", refusal(wide, two));
  }

  private static String refusal(ConvolutionShape shape, Topology weights) {
    return assertThrows(RecipeException.class, () -> new JavaOps().convolution(weights, shape))
        .getMessage();
  }
}
