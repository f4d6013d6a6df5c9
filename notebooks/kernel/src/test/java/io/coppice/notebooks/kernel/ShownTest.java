package io.coppice.notebooks.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a cell shows when it ends in one of the nouns. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ShownTest {
  private static final String STUDY =
      """
      var words = study("tiny <study>")
          .data(mnist1d().validation(500))
          .model(mlp(8))
          .train(sgd(0.05).batch(100).epochs(1))
          .compare(dense(), random().keep(0.5).oneShot())
          .seeds(1, 2)
          .in(Path.of("%s"));
      """;

  private final CoppiceKernel kernel = new CoppiceKernel(Settings.plain("test"));
  private int cell;

  @TempDir Path folder;

  @AfterAll
  void close() {
    kernel.close();
  }

  private DisplayData shown(String code) {
    CellResult result = kernel.execute(code, ++cell, new Heard());
    assertEquals(Optional.empty(), result.failure());
    return result.value().orElseThrow();
  }

  private static String data(DisplayData data, String mime) {
    return (String) data.getData(MIMEType.parse(mime));
  }

  /** The last of the cell is a page's part of our look and a text, each with these words. */
  private void shows(String code, String... words) {
    DisplayData data = shown(code);
    String html = data(data, "text/html");
    String text = data(data, "text/plain");
    assertTrue(html.startsWith("<div class=\"coppice"), code + " is " + html);
    for (String word : words) {
      assertTrue(text.contains(word), code + " is " + text);
      String escaped = word.replace("<", "&lt;").replace(">", "&gt;");
      assertTrue(html.contains(escaped), code + " is " + html);
    }
  }

  @Test
  void aStudyItsResultsAndItsNetworks() {
    String study = STUDY.formatted(folder);
    shows("study(\"half\").model(mlp(8))", "half", "not yet a study");
    shows(study + "words", "tiny <study>", "dense", "4 runs");
    shows("words.study()", "tiny <study>", "dense", "4 runs");
    shows("var results = words.run();\nresults", "tiny <study>", "dense", "accuracy");
    shows("results.summary()", "dense", "accuracy");
    shows("var network = results.best(\"dense\").network();\nnetwork", "fc1", "8");
    shows("var weights = network.layers().get(0).weight();\nweights", "NDArray [8, 40]");
    shows("var mask = Mask.of(weights);\nmask", "320");
    shows("mask.on(weights)", "320");
  }

  @Test
  void tablesAndExecutionPlans() {
    shows("Table.create(\"t\", IntColumn.create(\"count\", new int[] {7}))", "count", "7");
    shows(
        """
        new ExecutionPlan(List.of(new LayerPlan(
            "fc9", 3, 4, 0.5, 64, List.of(new LayerPlan.Trial(new Form.Dense(), 2, 48)), false)))
        """,
        "fc9",
        "dense");
  }

  @Test
  void chartsArePicturesWithWords() throws Exception {
    String code =
        """
        var chart = new org.knowm.xchart.XYChart(300, 200);
        chart.addSeries("CSR", new double[] {1, 2}, new double[] {2, 3});
        chart
        """;
    shows(code, "CSR");
    byte[] png =
        Base64.getDecoder().decode(data(shown("render(chart, \"image/png\")"), "image/png"));
    assertEquals(600, ImageIO.read(new ByteArrayInputStream(png)).getWidth());
  }

  @Test
  void aNotebookForOtherKernelsMayRegisterAgain() {
    shows(
        "io.coppice.notebooks.render.Renderers.register();\n"
            + "Table.create(\"t\", IntColumn.create(\"count\", new int[] {7}))",
        "count");
  }
}
