package io.coppice.framework.results;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.display.Pages;
import io.coppice.framework.run.RunResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;

class ReportTest {

  @Test
  void isWellFormedAndTellsOfEveryMethodAndRun() throws Exception {
    Document page = Pages.parsed(Studies.mnist().toHtml());
    Element summary = (Element) page.getElementsByTagName("table").item(0);
    assertEquals(1 + 10, summary.getElementsByTagName("tr").getLength());
    assertEquals(9, summary.getElementsByTagName("svg").getLength());
    assertTrue(
        summary
            .getTextContent()
            .contains("collapsed: layer fc1 is dead: all of its 784 gates are 0 (3 of 3 seeds)"));
    Element runs = (Element) page.getElementsByTagName("table").item(1);
    assertEquals(1 + 30, runs.getElementsByTagName("tr").getLength());
    Element image = (Element) page.getElementsByTagName("img").item(0);
    assertTrue(image.getAttribute("alt").contains("dense 98.30 % at 1.0×"));
    NodeList images = page.getElementsByTagName("img");
    assertEquals(4, images.getLength(), "two charts, each for light and for dark pages");
    for (int i = 0; i < 4; i++) {
      Element chart = (Element) images.item(i);
      assertEquals("860", chart.getAttribute("width"));
      assertEquals("440", chart.getAttribute("height"));
    }
  }

  @Test
  void needsNothingFromOutside() {
    String page =
        Studies.mnist().toHtml().replaceAll("=\"data:image/png;base64,[A-Za-z0-9+/=]+\"", "");
    assertFalse(page.contains("http") || page.contains("<script") || page.contains("@import"));
    assertFalse(page.contains("src=") || page.contains("srcset=") || page.contains("url("));
    assertFalse(page.contains("NaN") || page.contains("null"));
  }

  @Test
  void namesAreTextNotMarkup() throws Exception {
    String name = "<b onclick='x()'>a</b> & \"co\"";
    Results results =
        Studies.results(
            "<script>alert(1)</script>",
            List.of(
                Studies.run("dense", 1, 0.9, 0.01, 1),
                Studies.run(name, 1, 0.8, 0.01, 0.1),
                Studies.collapsed("<i>", 1, "a < b & c > d")));
    Document page = Pages.parsed(results.toHtml());
    assertEquals(0, page.getElementsByTagName("b").getLength());
    assertEquals(0, page.getElementsByTagName("i").getLength());
    assertEquals(0, page.getElementsByTagName("script").getLength());
    assertTrue(page.getDocumentElement().getTextContent().contains(name));
    assertTrue(page.getDocumentElement().getTextContent().contains("a < b & c > d"));
  }

  @Test
  void everyRunTellsHowItIsExecuted() throws Exception {
    RunResult dense = Studies.run("dense", 1, 0.9, 0.01, 1);
    RunResult executed =
        new RunResult(
            "rigl",
            1,
            "r",
            dense.collapse(),
            dense.metrics(),
            Map.of("execution", "fc1 CSR & fc2 <dense>"),
            dense.epochs());
    Results results =
        Studies.results(
            "forms", List.of(dense, executed, Studies.collapsed("literal", 1, "fc1 is dead")));
    Element runs = (Element) Pages.parsed(results.toHtml()).getElementsByTagName("table").item(1);
    NodeList rows = runs.getElementsByTagName("tr");
    assertEquals(4, rows.getLength());
    assertTrue(rows.item(2).getTextContent().contains("fc1 CSR & fc2 <dense>"));
    for (int i = 1; i < 4; i++) {
      assertEquals(width(rows.item(0)), width(rows.item(i)), "row " + i);
    }
  }

  private static int width(Node row) {
    int width = 0;
    for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNextSibling()) {
      String span = ((Element) cell).getAttribute("colspan");
      width += span.isEmpty() ? 1 : Integer.parseInt(span);
    }
    return width;
  }

  @Test
  void nothingFinishedMeansNoCharts() throws Exception {
    Results dead = Studies.results("dead", List.of(Studies.collapsed("dense", 1, "fc1 is dead")));
    assertEquals(0, Pages.parsed(dead.toHtml()).getElementsByTagName("img").getLength());
    assertEquals(
        0,
        Pages.parsed(Studies.results("none", List.of()).toHtml())
            .getElementsByTagName("img")
            .getLength());
  }
}
