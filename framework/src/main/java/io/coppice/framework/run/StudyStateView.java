package io.coppice.framework.run;

import io.coppice.framework.display.Bar;
import io.coppice.framework.display.Figures;
import io.coppice.framework.display.Grid;
import io.coppice.framework.display.Grid.Cell;
import io.coppice.framework.display.Html;
import io.coppice.framework.display.Look;
import io.coppice.framework.display.Plot;
import io.coppice.framework.display.Sheet;
import io.coppice.framework.display.Spark;
import io.coppice.framework.display.Wrapped;
import io.coppice.framework.run.RunState.Stage;
import io.coppice.framework.training.EpochRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** A study's state for people to read: a cell per method and seed, and the curves so far. */
final class StudyStateView {
  private static final int BAR = 24;
  private static final int SPARK = 16;

  private final StudyState state;
  private final List<String> methods;
  private final List<Long> seeds;
  private final Map<String, Look> looks;

  StudyStateView(StudyState state) {
    this.state = state;
    this.methods = state.runs().stream().map(RunState::method).distinct().toList();
    this.seeds = state.runs().stream().map(RunState::seed).distinct().toList();
    this.looks = Look.of(methods, Study.BASELINE);
  }

  String toText(int width) {
    List<String> lines = new ArrayList<>(Wrapped.lines(state.study(), width));
    lines.addAll(Wrapped.lines(Bar.text(state.share(), BAR) + " " + summary(), width));
    lines.add("");
    lines.add(grid(true).toText(width));
    state.running().ifPresent(run -> lines.addAll(Wrapped.lines(now(run), width)));
    state.warnings().forEach(warning -> lines.addAll(Wrapped.lines("! " + warning, width)));
    return String.join("\n", lines);
  }

  String toHtml() {
    StringBuilder html = new StringBuilder("<h2>" + Html.escape(state.study()) + "</h2>\n");
    html.append("<p class=\"lead\">").append(Html.escape(summary())).append("</p>\n");
    html.append(grid(false).toHtml());
    state.running().ifPresent(run -> html.append(paragraph("", now(run))));
    state.warnings().forEach(warning -> html.append(paragraph(" class=\"warning\"", warning)));
    if (state.runs().stream().anyMatch(run -> !run.rows().isEmpty())) {
      html.append("<div class=\"plots\">\n");
      html.append(plot("training loss", EpochRow::trainLoss));
      html.append(plot("validation accuracy, %", row -> 100 * row.validationAccuracy()));
      html.append("</div>\n");
    }
    return Sheet.fragment(html.toString());
  }

  private static String paragraph(String attributes, String text) {
    return "<p%s>%s</p>\n".formatted(attributes, Html.escape(text));
  }

  private String summary() {
    return "%d of %d runs, %s %%; %s"
        .formatted(
            state.done(),
            state.runs().size(),
            Figures.fixed(Math.floor(100 * state.share()), 0),
            time());
  }

  private String time() {
    String spent = TimeLeft.words(state.spent());
    if (state.done() == state.runs().size()) {
      return spent + " in all";
    }
    if (state.stopped()) {
      return "stopped after " + spent + (state.share() > 0 ? "; running it again resumes" : "");
    }
    return spent
        + " so far"
        + state.left().map(rest -> ", about " + TimeLeft.words(rest) + " left").orElse("");
  }

  /** What the last epoch of the current run said. */
  private static String now(RunState run) {
    String name = run.method() + ", seed " + run.seed() + ": ";
    if (run.rows().isEmpty()) {
      return name + "epoch 0 of " + run.epochs();
    }
    EpochRow last = run.rows().get(run.rows().size() - 1);
    return "%sepoch %d of %d, training loss %s, validation loss %s, validation accuracy %s\u00a0%%"
        .formatted(
            name,
            last.epoch(),
            run.epochs(),
            Figures.fixed(last.trainLoss(), 4),
            Figures.fixed(last.validationLoss(), 4),
            Figures.fixed(100 * last.validationAccuracy(), 2));
  }

  private Grid grid(boolean sparks) {
    List<Grid.Column> columns = new ArrayList<>();
    columns.add(Grid.Column.name("method"));
    seeds.forEach(seed -> columns.add(Grid.Column.text("seed " + seed)));
    if (sparks) {
      columns.add(Grid.Column.text("validation accuracy"));
    }
    Grid grid = Grid.of(columns.toArray(Grid.Column[]::new));
    for (String method : methods) {
      List<Cell> cells = new ArrayList<>();
      cells.add(Cell.method(method, looks.get(method)));
      seeds.forEach(seed -> cells.add(cell(method, seed)));
      if (sparks) {
        cells.add(Cell.of(spark(method)));
      }
      grid = grid.row(cells.toArray(Cell[]::new));
    }
    return grid;
  }

  private Cell cell(String method, long seed) {
    return state.runs().stream()
        .filter(run -> run.method().equals(method) && run.seed() == seed)
        .findFirst()
        .map(run -> cell(run, looks.get(method)))
        .orElse(Cell.of(""));
  }

  private static Cell cell(RunState run, Look look) {
    return switch (run.stage()) {
      case WAITING -> Cell.bar("", 0, look);
      case RUNNING -> Cell.bar(run.done() + " of " + run.epochs(), run.share(), look);
      case FINISHED -> Cell.bar(run.end(), 1, look);
      case STORED -> Cell.bar(run.end() + " stored", 1, look);
      case COLLAPSED -> Cell.of("collapsed");
    };
  }

  /** Of the method's run that is, or was last, trained. */
  private String spark(String method) {
    List<EpochRow> rows =
        state.runs().stream()
            .filter(run -> run.method().equals(method) && !run.rows().isEmpty())
            .reduce((first, second) -> first.stage() == Stage.RUNNING ? first : second)
            .map(RunState::rows)
            .orElse(List.of());
    return Spark.line(rows.stream().mapToDouble(EpochRow::validationAccuracy).toArray(), SPARK);
  }

  private String plot(String title, ToDoubleFunction<EpochRow> value) {
    List<Plot.Curve> curves =
        state.runs().stream()
            .filter(run -> !run.rows().isEmpty())
            .map(
                run ->
                    new Plot.Curve(
                        looks.get(run.method()),
                        run.rows().stream().mapToDouble(EpochRow::epoch).toArray(),
                        run.rows().stream().mapToDouble(value).toArray(),
                        run.stage() == Stage.RUNNING))
            .toList();
    int end = state.runs().stream().mapToInt(RunState::epochs).max().orElse(1);
    return new Plot(title, "epoch", end, Figures::shortest, curves).svg();
  }
}
