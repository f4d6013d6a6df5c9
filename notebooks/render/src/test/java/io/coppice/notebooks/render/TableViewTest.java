package io.coppice.notebooks.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.LocalDate;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DateColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.FloatColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TableViewTest {

  private static Table mixed() {
    DoubleColumn latency = DoubleColumn.create("latency_us", new double[] {30, 9.25, 120.5});
    DoubleColumn loss = DoubleColumn.create("loss (nats)");
    loss.append(0.069).appendMissing().append(1.5);
    DoubleColumn price = DoubleColumn.create("price", new double[] {3, 4.129, 1e6});
    price.setPrintFormatter(
        new DecimalFormat("#,##0.00", DecimalFormatSymbols.getInstance(Locale.ROOT)), "none");
    return Table.create(
        "runs",
        StringColumn.create("method", "dense", "<b>l0</b>", "set & rigl"),
        IntColumn.create("seed", new int[] {1, 2, 30}),
        latency,
        loss,
        price,
        BooleanColumn.create("done", true, false, true),
        DateColumn.create(
            "day", LocalDate.of(2026, 1, 2), LocalDate.of(2026, 11, 30), LocalDate.of(2025, 5, 5)));
  }

  private static Table numbered(int rows) {
    return Table.create("long", IntColumn.create("row", IntStream.range(0, rows).toArray()));
  }

  @Test
  void alignsNumbersAndNamesTheirUnits() {
    assertEquals(
        """
        runs: 3 rows, 7 columns
        method      seed  latency_us (µs)  loss (nats)         price  done   day
        ───────────────────────────────────────────────────────────────────────────────
        dense          1            30.00        0.069          3.00  true   2026-01-02
        <b>l0</b>      2             9.25            –          4.13  false  2026-11-30
        set & rigl    30           120.50        1.500  1,000,000.00  true   2025-05-05\
        """,
        TableView.of(mixed()).toText(100));
  }

  @Test
  void isATableOnAPage() throws Exception {
    Document page = Pages.parsed(TableView.of(mixed()).toHtml());
    Element latency = (Element) page.getElementsByTagName("th").item(2);
    assertEquals("latency_usµs", latency.getTextContent());
    assertEquals("number", latency.getAttribute("class"));
    assertEquals(0, page.getElementsByTagName("b").getLength());
    assertEquals(0, page.getElementsByTagName("details").getLength());
    assertEquals(4, page.getElementsByTagName("tr").getLength());
    assertTrue(page.getDocumentElement().getTextContent().contains("1,000,000.00"));
  }

  @Test
  void foldsLongTables() throws Exception {
    String text = TableView.of(numbered(1000)).toText(80);
    assertEquals(1 + 2 + 8 + 1 + 4, text.lines().count(), text);
    assertTrue(text.contains("… 988 more rows …") && text.contains("999"), text);
    Document page = Pages.parsed(TableView.of(numbered(1000)).toHtml());
    assertEquals(2, page.getElementsByTagName("table").getLength());
    assertEquals(
        "The first 500 rows", page.getElementsByTagName("summary").item(0).getTextContent());
    Element all = (Element) page.getElementsByTagName("table").item(1);
    assertEquals(501, all.getElementsByTagName("tr").getLength());
  }

  @Test
  void aTableOfTwentyRowsIsWhole() throws Exception {
    Document page = Pages.parsed(TableView.of(numbered(20)).toHtml());
    assertEquals(21, page.getElementsByTagName("tr").getLength());
    assertFalse(TableView.of(numbered(20)).toText(80).contains("…"));
    assertTrue(TableView.of(numbered(21)).toText(80).contains("… 9 more rows …"));
  }

  @Test
  void aMillionRowsCostNoMoreThanTheyShow() {
    assertTrue(TableView.of(numbered(1_000_000)).toHtml().length() < 100_000);
  }

  @Test
  void emptyTablesAndFloatsAreShown() throws Exception {
    assertEquals("nothing: 0 rows, 0 columns\n", TableView.of(Table.create("nothing")).toText(80));
    Pages.parsed(TableView.of(Table.create("nothing")).toHtml());
    Table floats = Table.create("f", FloatColumn.create("x", new float[] {0.1f, 2.25f}));
    assertTrue(TableView.of(floats).toText(80).contains("0.10\n2.25"), () -> floats.toString());
  }

  @Test
  void coppicesOwnColumnsHaveTheirUnits() {
    Table own =
        Table.create(
            DoubleColumn.create("accuracy", 0.9, 1),
            DoubleColumn.create("difference_mean", -0.01, 0.02),
            DoubleColumn.create("seconds_mean", 3, 4),
            DoubleColumn.create("bytes_dense", 400, 800));
    String text = TableView.of(own).toText(200);
    String heads =
        "accuracy (fraction)  difference_mean (fraction)  seconds_mean (s)  bytes_dense (bytes)";
    assertTrue(text.contains(heads), text);
    Table percent = Table.create(DoubleColumn.create("accuracy", 91.2));
    assertFalse(TableView.of(percent).toText(80).contains("fraction"), "already per cent");
  }
}
