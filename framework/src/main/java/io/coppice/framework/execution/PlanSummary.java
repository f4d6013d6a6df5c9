package io.coppice.framework.execution;

import io.coppice.framework.display.Figures;
import io.coppice.framework.display.Grid;
import io.coppice.framework.display.Grid.Cell;
import io.coppice.framework.display.Grid.Column;
import io.coppice.framework.display.Html;
import io.coppice.framework.display.Sheet;
import io.coppice.framework.display.Wrapped;
import java.util.ArrayList;
import java.util.List;

/** An execution plan for people to read. */
final class PlanSummary {
  private final ExecutionPlan plan;

  PlanSummary(ExecutionPlan plan) {
    this.plan = plan;
  }

  String toText(int width) {
    return String.join("\n", Wrapped.lines("Execution plan: " + total(), width))
        + "\n"
        + grid().toText(width)
        + "\n"
        + String.join("\n", Wrapped.lines(note(), width));
  }

  String toHtml() {
    return Sheet.fragment(
        "<h2>Execution plan</h2>\n<p class=\"lead\">%s</p>\n%s<p>%s</p>\n"
            .formatted(Html.escape(total()), grid().toHtml(), Html.escape(note())));
  }

  /** The sum of all passes, run as chosen and run dense. */
  private String total() {
    double chosen = 0;
    double dense = 0;
    long denseBytes = 0;
    for (LayerPlan layer : plan.layers()) {
      chosen += layer.chosen().microseconds();
      dense += layer.trials().get(0).microseconds();
      denseBytes += layer.trials().get(0).bytes();
    }
    return "%s µs a pass, %s× as fast as dense; %s, dense %s"
        .formatted(
            Figures.brief(chosen),
            Figures.brief(dense / chosen),
            Figures.bytes(plan.bytes()),
            Figures.bytes(denseBytes));
  }

  private String note() {
    boolean remembered = plan.layers().stream().anyMatch(LayerPlan::remembered);
    return "Each form's time is that of one pass over the batch; the fastest runs, marked ✓."
        + (remembered ? " Layers marked * were timed before." : "");
  }

  private Grid grid() {
    List<Column> columns = new ArrayList<>();
    columns.add(Column.name("layer"));
    columns.add(Column.text("weights"));
    columns.add(Column.number("batch"));
    columns.add(Column.number("zero"));
    columns.add(Column.text("runs as"));
    columns.add(Column.number("speed-up"));
    columns.add(Column.number("size"));
    plan.forms().forEach(form -> columns.add(Column.number(form, "µs")));
    Grid grid = Grid.of(columns.toArray(Column[]::new));
    for (LayerPlan layer : plan.layers()) {
      grid = grid.row(row(layer).toArray(Cell[]::new));
    }
    return grid;
  }

  private List<Cell> row(LayerPlan layer) {
    LayerPlan.Trial chosen = layer.chosen();
    List<Cell> cells = new ArrayList<>();
    cells.add(Cell.of(layer.layer() + (layer.remembered() ? " *" : "")));
    cells.add(Cell.of("[%d, %d]".formatted(layer.rows(), layer.columns())));
    cells.add(Cell.of(Integer.toString(layer.batch())));
    cells.add(Cell.bar(Figures.fixed(100 * layer.sparsity(), 1) + " %", layer.sparsity()));
    cells.add(Cell.of(chosen.form().toString()));
    cells.add(Cell.of(Figures.brief(layer.speedUp()) + "×"));
    cells.add(Cell.of(Figures.bytes(chosen.bytes())));
    for (String form : plan.forms()) {
      String mark = form.equals(chosen.form().toString()) ? "✓ " : "";
      cells.add(
          Cell.of(layer.trial(form).map(t -> mark + Figures.brief(t.microseconds())).orElse("–")));
    }
    return cells;
  }
}
