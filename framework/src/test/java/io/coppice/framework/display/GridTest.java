package io.coppice.framework.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.display.Grid.Cell;
import io.coppice.framework.display.Grid.Column;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;

class GridTest {
  private final Grid grid =
      Grid.of(Column.name("layer"), Column.text("form"), Column.number("time", "µs"))
          .row(Cell.of("fc1"), Cell.of("CSR"), Cell.bar("9.5", 0.25))
          .row(Cell.of("fc2"), Cell.bar("dense", 1), Cell.bar("120.0", 0.001));

  @Test
  void alignsNumbersRightAndBarsWithThem() {
    assertEquals(
        """
        layer  form                     time (µs)
        ─────────────────────────────────────────
        fc1    CSR                 9.5 ███░░░░░░░
        fc2    ██████████ dense  120.0 █░░░░░░░░░""",
        grid.toText(80));
  }

  @Test
  void dropsBarsBeforeItFoldsTexts() {
    assertEquals(
        """
        layer  form   time (µs)
        ───────────────────────
        fc1    CSR          9.5
        fc2    dense      120.0""",
        grid.toText(30));
  }

  @Test
  void columnsWithoutRoomStandBelowBesideTheNames() {
    assertEquals(
        """
        layer  form
        ────────────
        fc1    CSR
        fc2    dense

        layer  time (µs)
        ────────────────
        fc1          9.5
        fc2        120.0""",
        grid.toText(18));
  }

  @Test
  void saysHowManyRowsAreLeftOut() throws Exception {
    Grid folded = grid.without(1, 1000).total(Cell.of("all"), Cell.of(""), Cell.of("129.5"));
    assertEquals(
        """
        layer  form   time (µs)
        ───────────────────────
        fc1    CSR          9.5
        … 1,000 more rows …
        fc2    dense      120.0
        ───────────────────────
        all               129.5""",
        folded.toText(30));
    Element row = (Element) Pages.parsed(folded.toHtml()).getElementsByTagName("tr").item(2);
    assertEquals("… 1,000 more rows …", row.getTextContent());
  }

  @Test
  void isATableOfCellsAndBarsOnAPage() throws Exception {
    Document page = Pages.parsed(grid.toHtml());
    assertEquals(3, page.getElementsByTagName("tr").getLength());
    Element cell = (Element) page.getElementsByTagName("td").item(1);
    assertEquals("number", cell.getAttribute("class"));
    assertEquals("9.5", cell.getTextContent());
    Element full = (Element) cell.getElementsByTagName("span").item(1);
    assertEquals("width:25.0%", full.getAttribute("style"));
  }

  @Property(tries = 200)
  void anyTextIsTextOnAPage(@ForAll String name) throws Exception {
    Grid odd = Grid.of(Column.name(name), Column.text("b")).row(Cell.of(name), Cell.of("<b>"));
    Document page = Pages.parsed(odd.toHtml());
    assertEquals(0, page.getElementsByTagName("b").getLength());
    assertEquals(2, page.getElementsByTagName("tr").getLength());
  }

  @Property(tries = 200)
  void noLineIsWiderThanTheTerminal(@ForAll @IntRange(min = 26, max = 120) int width) {
    Grid wide =
        Grid.of(
                Column.name("a rather long name of a column"),
                Column.number("first"),
                Column.number("second"),
                Column.text("what is to be said about it"))
            .row(
                Cell.of("switcher connections"),
                Cell.bar("1,234,567", 0.5),
                Cell.of("0.001"),
                Cell.of("no different from dense at the 5 % level"));
    String text = wide.toText(width);
    assertTrue(text.lines().allMatch(line -> line.length() <= width), text);
    String words = text.replaceAll("\\s+", " ");
    for (String word : List.of("1,234,567", "0.001", "different", "level")) {
      assertTrue(words.contains(word), text);
    }
    assertFalse(words.contains("…"), text);
  }
}
