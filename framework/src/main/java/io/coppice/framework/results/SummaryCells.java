package io.coppice.framework.results;

import io.coppice.framework.display.Figures;
import io.coppice.framework.statistics.Estimate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The figures of a summary as text, one cell for each method. */
record SummaryCells(List<MethodRow> rows, String baseline) {
  private static final int DRAWN_LENGTH = 20;

  /** The columns between method and verdict, each with the rank at which it gives way. */
  enum Figure {
    ACCURACY("accuracy", Integer.MAX_VALUE),
    /** Shown only where nothing has to give way to it. */
    DRAWN("", 0),
    INTERVAL("95 % interval", 4),
    WEIGHTS("weights", 5),
    COMPRESSION("smaller", 3),
    FLOPS("FLOPs", 1),
    SECONDS("time", 2);

    private final String title;
    private final int rank;

    Figure(String title, int rank) {
      this.title = title;
      this.rank = rank;
    }

    String title() {
      return title;
    }

    /** The lowest gives way first. */
    int rank() {
      return rank;
    }
  }

  /** A cell for each method, in their order. */
  List<String> of(Figure figure) {
    return switch (figure) {
      case ACCURACY -> accuracies();
      case DRAWN -> drawn();
      case INTERVAL -> intervals();
      case WEIGHTS -> each(Column.NONZERO);
      case COMPRESSION -> each(Column.CR);
      case FLOPS -> ratios();
      case SECONDS -> each(Column.SECONDS);
    };
  }

  private List<String> each(Column column) {
    return rows.stream().map(row -> column.unit().show(row.mean(column))).toList();
  }

  private List<String> ratios() {
    return rows.stream()
        .map(row -> row.mean(Column.FLOPS_RATIO))
        .map(ratio -> Double.isFinite(ratio) ? "÷" + Figures.brief(ratio) : "")
        .toList();
  }

  private List<String> accuracies() {
    List<Estimate> estimates = rows.stream().map(row -> row.estimate(Column.ACCURACY)).toList();
    List<String> means = right(estimates.stream().map(e -> Unit.FRACTION.show(e.mean())).toList());
    List<String> spreads = right(estimates.stream().map(e -> Unit.FRACTION.show(e.sd())).toList());
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < estimates.size(); i++) {
      boolean spread = !spreads.get(i).isBlank();
      String between = spread ? " ± " : spreads.get(i).isEmpty() ? "" : "   ";
      cells.add(means.get(i) + between + spreads.get(i));
    }
    return cells;
  }

  /** Empty where there are no two intervals to compare. */
  private List<String> drawn() {
    IntervalText bars =
        new IntervalText(
            Span.of(rows, Column.ACCURACY),
            MethodRow.mean(rows, baseline, Column.ACCURACY),
            DRAWN_LENGTH);
    boolean some = rows.stream().filter(row -> row.interval().isPresent()).count() > 1;
    return rows.stream().map(row -> some ? bars.of(row.estimate(Column.ACCURACY)) : "").toList();
  }

  private List<String> intervals() {
    List<Optional<MethodRow.Ends>> all = rows.stream().map(MethodRow::interval).toList();
    int width = longest(all.stream().map(i -> i.map(MethodRow.Ends::high).orElse("")).toList());
    return all.stream()
        .map(i -> i.map(ends -> ends.low() + " – " + right(ends.high(), width)).orElse(""))
        .toList();
  }

  static int longest(List<String> texts) {
    return texts.stream().mapToInt(String::length).max().orElse(0);
  }

  private static List<String> right(List<String> texts) {
    int width = longest(texts);
    return texts.stream().map(text -> right(text, width)).toList();
  }

  static String right(String text, int width) {
    return " ".repeat(Math.max(0, width - text.length())) + text;
  }
}
