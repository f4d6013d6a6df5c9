package io.coppice.framework.sparsity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.coppice.framework.display.Pages;
import io.coppice.framework.recipe.RecipeException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.Base64;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class MaskPictureTest {
  private static final Mask DIAGONAL =
      new Mask(
          new Shape(3, 4),
          new boolean[] {
            true, false, false, false, false, true, false, false, false, false, false, false
          });

  private static BufferedImage picture(Document page, int index) throws Exception {
    Element image = (Element) page.getElementsByTagName("img").item(index);
    String data = image.getAttribute("src").replaceFirst(".*,", "");
    return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(data)));
  }

  @Test
  void isDrawnWithCharacters() {
    assertEquals(
        """
        Mask [3, 4]: 2 of 12 weights stay, 16.67 %; 1 of 3 outputs keep none
        ┌────┐
        │█   │
        │ █  │
        │    │
        └────┘\
        """,
        DIAGONAL.toText(80));
  }

  @Test
  void aPixelIsAWeight() throws Exception {
    Document page = Pages.parsed(DIAGONAL.toHtml());
    Element image = (Element) page.getElementsByTagName("img").item(0);
    assertEquals("48", image.getAttribute("width"));
    assertEquals("36", image.getAttribute("height"));
    assertTrue(image.getAttribute("alt").contains("2 of 12 weights stay"));
    BufferedImage light = picture(page, 0);
    assertEquals(4, light.getWidth());
    assertEquals(3, light.getHeight());
    assertEquals(0xff0072b2, light.getRGB(1, 1));
    assertEquals(0xffe6e8ec, light.getRGB(2, 1));
    assertEquals(0xff2f86cc, picture(page, 1).getRGB(0, 0), "on dark pages");
  }

  @Test
  void aLargeMatrixIsDrawnInCells() throws Exception {
    boolean[] keeps = new boolean[1000 * 2000];
    Arrays.fill(keeps, 0, keeps.length / 2, true);
    Mask half = new Mask(new Shape(1000, 2000), keeps);
    BufferedImage image = picture(Pages.parsed(half.toHtml()), 0);
    assertEquals(667, image.getWidth());
    assertEquals(334, image.getHeight());
    assertEquals(0xff0072b2, image.getRGB(666, 0));
    assertEquals(0xffe6e8ec, image.getRGB(0, 333));
    assertTrue(half.toText(60).lines().allMatch(line -> line.length() <= 60));
  }

  @Test
  void cellsHoldDensities() {
    // cells of 2 × 2 weights, the lower ones cut off by the edge
    assertArrayEquals(
        new double[][] {{0.5, 0}, {0, 0}}, new MaskPicture(DIAGONAL).raster().cells(2, 2));
  }

  @Test
  void theHistogramCountsWhatStaysAndWhatGoes() throws Exception {
    try (NDManager manager = NDManager.newBaseManager()) {
      float[] weights = {2, -0.1f, 0.1f, 0, 0, -2, 0, 0, 0, 0, 0, 1};
      MaskedLayer layer = DIAGONAL.on(manager.create(weights, new Shape(3, 4)));
      assertEquals(2, layer.histogram().limit());
      assertEquals(1, layer.histogram().kept().get(60));
      assertEquals(1, layer.histogram().kept().get(0));
      assertEquals(7, layer.histogram().removed().get(30));
      assertEquals(10, layer.histogram().removed().stream().mapToInt(Integer::intValue).sum());
      Document page = Pages.parsed(layer.toHtml());
      Element svg = (Element) page.getElementsByTagName("svg").item(0);
      assertEquals(
          "Histogram of weights from −2.0 to 2.0: 2 stay, 10 go", svg.getAttribute("aria-label"));
      assertTrue(Pages.needsNothing(layer.toHtml()));
      assertTrue(layer.toText(40).lines().allMatch(line -> line.length() <= 80), layer.toText(40));
      assertThrows(RecipeException.class, () -> DIAGONAL.on(manager.zeros(new Shape(4, 3))));
    }
  }

  @Test
  void oddShapesAreShown() throws Exception {
    for (Mask mask :
        new Mask[] {
          Mask.full(new Shape(5)), Mask.full(new Shape(2, 3, 3, 3)), Mask.full(new Shape(1, 5000))
        }) {
      Pages.parsed(mask.toHtml());
      assertTrue(mask.toText(50).contains("100.00 %"), mask.toText(50));
    }
  }
}
