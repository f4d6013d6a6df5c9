package io.coppice.repro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/** The committed results keep what {@code floors.csv} promises of them. */
class FloorsTest {
  private static final Path PAPER = Path.of("switcher-networks");

  @Test
  void everyPromisedRowIsThereWithItsSizeAndAccuracy() {
    Table results = read("results/summary.csv");
    for (Row floor : read("floors.csv")) {
      String method = floor.getString("method");
      Table found = results.where(results.stringColumn("method").isEqualTo(method));
      assertEquals(1, found.rowCount(), method);
      Row row = found.row(0);
      assertTrue(row.getInt("seeds") >= 3, () -> method + ": seeds");
      double nonzero = row.getNumber("nonzero_mean");
      double accuracy = row.getDouble("accuracy_mean");
      assertTrue(nonzero <= floor.getNumber("nonzero_at_most"), () -> method + ": " + nonzero);
      assertTrue(accuracy >= floor.getDouble("accuracy_at_least"), () -> method + ": " + accuracy);
    }
  }

  @Test
  void theAlgorithmAsPrintedIsShownToCollapse() {
    Table literal = read("results-literal/summary.csv");
    for (String gates : new String[] {"neurons", "connections"}) {
      String method = "switcher " + gates + " literal";
      Table found = literal.where(literal.stringColumn("method").isEqualTo(method));
      assertEquals(1, found.rowCount(), method);
      assertTrue(found.row(0).getString("verdict").startsWith("collapsed: "), method);
    }
  }

  private static Table read(String file) {
    return Table.read().csv(PAPER.resolve(file).toFile());
  }
}
