package io.coppice.framework.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.execution.LayerPlan.Trial;
import io.coppice.framework.ops.Layout;
import java.util.List;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

class ExecutionPlanTest {
  private static final Form CSR = new Form.Sparse(new Layout.Csr());
  private static final Form TWO_OF_FOUR = new Form.Sparse(new Layout.NOfM(2, 4));

  private final ExecutionPlan plan =
      new ExecutionPlan(
          List.of(
              new LayerPlan(
                  "fc1",
                  300,
                  784,
                  0.9,
                  64,
                  List.of(new Trial(new Form.Dense(), 120, 940_800), new Trial(CSR, 30, 142_324)),
                  false),
              new LayerPlan(
                  "fc2",
                  10,
                  300,
                  0.5,
                  64,
                  List.of(
                      new Trial(new Form.Dense(), 2.5, 12_000),
                      new Trial(CSR, 4, 9_044),
                      new Trial(TWO_OF_FOUR, 3, 9_044)),
                  true)));

  @Test
  void isATableOfItsLayers() {
    Table table = plan.table();
    assertEquals(
        List.of(
            "layer",
            "out",
            "in",
            "batch",
            "sparsity_pct",
            "form",
            "speed_up",
            "bytes",
            "timed",
            "dense_us",
            "CSR_us",
            "2:4_us"),
        table.columnNames());
    assertEquals(List.of("CSR", "dense"), table.stringColumn("form").asList());
    assertEquals(List.of("now", "before"), table.stringColumn("timed").asList());
    assertEquals(List.of(4.0, 1.0), table.doubleColumn("speed_up").asList());
    assertEquals(List.of(142_324L, 12_000L), table.longColumn("bytes").asList());
    assertTrue(table.doubleColumn("2:4_us").isMissing(0));
    assertEquals(154_324, plan.bytes());
  }

  @Test
  void readsAsATable() {
    assertEquals(
        """
        Execution plan: 32.5 µs a pass, 3.8× as fast as dense; 154.3 kB, dense 952.8 kB
        layer  weights     batch               zero  runs as  speed-up      size  dense (µs)  CSR (µs)  2:4 (µs)
        ────────────────────────────────────────────────────────────────────────────────────────────────────────
        fc1    [300, 784]     64  90.0 % █████████░  CSR          4.0×  142.3 kB         120    ✓ 30.0         –
        fc2 *  [10, 300]      64  50.0 % █████░░░░░  dense        1.0×   12.0 kB       ✓ 2.5       4.0       3.0
        Each form's time is that of one pass over the batch; the fastest runs, marked ✓. Layers marked * were
        timed before.""",
        plan.toText(105));
    assertTrue(plan.toString().lines().allMatch(line -> line.length() <= 100), plan.toString());
  }

  @Test
  void isShownOnAPage() {
    String html = plan.toHtml();
    for (String part : List.of("<h2>Execution plan</h2>", "142.3 kB", "120", "✓ 30.0", "3.8×")) {
      assertTrue(html.contains(part), part);
    }
    assertTrue(html.contains("width:90.0%") && html.contains("width:50.0%"), html);
  }

  @Test
  void listsItsTrials() {
    Table trials = plan.trials();
    assertEquals(5, trials.rowCount());
    assertEquals(List.of("", "yes", "yes", "", ""), trials.stringColumn("chosen").asList());
    assertEquals(List.of(120.0, 30.0, 2.5, 4.0, 3.0), trials.doubleColumn("us").asList());
  }
}
