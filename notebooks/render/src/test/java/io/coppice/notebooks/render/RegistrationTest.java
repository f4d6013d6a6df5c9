package io.coppice.notebooks.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.coppice.framework.display.Displayable;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.ServiceLoader;
import javax.imageio.ImageIO;
import org.dflib.jjava.jupyter.Extension;
import org.junit.jupiter.api.Test;
import org.knowm.xchart.XYChart;
import org.w3c.dom.Element;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** The registries are the kernels' own. */
class RegistrationTest {
  private static final Table TABLE = Table.create("t", IntColumn.create("n", new int[] {7}));

  /** IJava's kernel as far as a library sees it. */
  public record Kernel(Renderer renderer) {
    public Renderer getRenderer() {
      return renderer;
    }
  }

  private static Renderer registered() {
    Renderer renderer = new Renderer();
    Renderers.register(new Kernel(renderer));
    return renderer;
  }

  private static String data(DisplayData data, String mime) {
    return (String) data.getData(MIMEType.parse(mime));
  }

  @Test
  void tablesAreHtmlAndText() throws Exception {
    DisplayData data = registered().render(TABLE);
    assertEquals("t: 1 row, 1 column\nn\n─\n7", data(data, "text/plain"));
    Element root = Pages.parsed(data(data, "text/html")).getDocumentElement();
    assertEquals("coppice", root.getAttribute("class"));
    assertFalse(data.hasDataForType(MIMEType.parse("image/png")));
  }

  @Test
  void whatIsAskedForAloneIsGivenAlone() {
    DisplayData text = registered().renderAs(TABLE, "text/plain");
    assertFalse(text.hasDataForType(MIMEType.TEXT_HTML));
    assertTrue(registered().renderAs(TABLE, "text/html").hasDataForType(MIMEType.TEXT_HTML));
  }

  @Test
  void picturesHaveWordsAndSizesAndTheirPngDecodes() throws Exception {
    BufferedImage image = new BufferedImage(30, 20, BufferedImage.TYPE_INT_RGB);
    Element shown = image(data(registered().render(image), "text/html"));
    assertEquals("30", shown.getAttribute("width"));
    assertEquals("20", shown.getAttribute("height"));
    assertEquals("picture of 30 × 20 pixels", shown.getAttribute("alt"));
    String png = data(registered().renderAs(image, "image/png"), "image/png");
    assertEquals(30, decoded(png).getWidth());
  }

  @Test
  void chartsTellWhatTheyAreOf() throws Exception {
    XYChart chart = new XYChart(300, 200);
    chart.setTitle("speed");
    chart.setXAxisTitle("batch");
    chart.setYAxisTitle("µs");
    chart.addSeries("dense", new double[] {1, 2}, new double[] {3, 4});
    chart.addSeries("CSR", new double[] {1, 2}, new double[] {2, 3});
    Element shown = image(data(registered().render(chart), "text/html"));
    assertEquals("chart “speed”: µs over batch of dense, CSR", shown.getAttribute("alt"));
    assertEquals("300", shown.getAttribute("width"));
    BufferedImage picture = decoded(shown.getAttribute("src").split(",")[1]);
    assertEquals(600, picture.getWidth());
    assertEquals(400, picture.getHeight());
  }

  private static Element image(String html) throws Exception {
    return (Element) Pages.parsed(html).getElementsByTagName("img").item(0);
  }

  private static BufferedImage decoded(String base64) throws Exception {
    return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(base64)));
  }

  @Test
  void arraysAreFoundByTheirInterface() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray array = manager.ones(new Shape(2, 2));
      DisplayData data = registered().render(array);
      assertTrue(data(data, "text/html").contains("NDArray [2, 2]"));
      array.close();
      assertTrue(data(registered().render(array), "text/plain").length() > 0, "a closed one");
    }
  }

  /** Shows itself, or breaks as badly as it can. */
  record Odd(boolean broken) implements Displayable {
    @Override
    public String toText(int width) {
      if (broken) {
        throw new StackOverflowError("deep");
      }
      return "fine at " + width;
    }

    @Override
    public String toHtml() {
      if (broken) {
        throw new NoClassDefFoundError("gone");
      }
      return "<p>fine</p>";
    }

    @Override
    public String toString() {
      throw new AssertionError("never");
    }
  }

  @Test
  void whatShowsItselfIsShown() {
    DisplayData data = registered().render(new Odd(false));
    assertEquals("fine at 100", data(data, "text/plain"));
    assertEquals("<p>fine</p>", data(data, "text/html"));
    assertEquals("fine at 40", Renderers.text(new Odd(false), 40));
  }

  @Test
  void anErrorWhileShowingIsOneLine() {
    DisplayData data = registered().render(new Odd(true));
    assertEquals("(cannot be shown: java.lang.StackOverflowError: deep)", data(data, "text/plain"));
    assertEquals(
        "(cannot be shown: java.lang.NoClassDefFoundError: gone)", data(data, "text/html"));
  }

  @Test
  void allElseIsLeftToTheKernel() {
    assertEquals("[1, 2]", data(registered().render(java.util.List.of(1, 2)), "text/plain"));
    assertTrue(Renderers.view("text").isEmpty());
    assertEquals("null", Renderers.text(null, 80));
  }

  @Test
  void jjavaHasTheSameUnderOtherNames() {
    var renderer = new org.dflib.jjava.jupyter.kernel.display.Renderer();
    Renderers.register(renderer);
    var data = renderer.render(TABLE);
    var html = org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.TEXT_HTML;
    assertTrue(data.hasDataForType(html));
  }

  @Test
  void jjavaFindsItsExtension() {
    assertTrue(
        ServiceLoader.load(Extension.class).stream()
            .anyMatch(found -> found.type() == JJavaExtension.class));
  }

  @Test
  void saysWhatAKernelIs() {
    assertTrue(
        assertThrows(IllegalArgumentException.class, () -> Renderers.register("kernel"))
            .getMessage()
            .startsWith("kernel is a java.lang.String; allowed:"));
    assertThrows(IllegalStateException.class, Renderers::register);
  }
}
