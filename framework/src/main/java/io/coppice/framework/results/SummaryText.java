package io.coppice.framework.results;

import io.coppice.framework.display.Figures;
import io.coppice.framework.display.Wrapped;
import io.coppice.framework.results.SummaryCells.Figure;
import io.coppice.framework.statistics.Comparison;
import io.coppice.framework.statistics.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The summary for a terminal: aligned, folded, and without its lesser columns where it is narrow.
 */
final class SummaryText {
  private static final String METHOD = "method";
  private static final String VERDICT = "verdict";
  private static final String GAP = "  ";
  private static final int NARROWEST = 32;
  private static final int METHOD_AT_LEAST = 16;
  private static final int VERDICT_AT_LEAST = 20;

  private final String study;
  private final String baseline;
  private final List<MethodRow> rows;

  SummaryText(String study, String baseline, List<MethodRow> rows) {
    this.study = study;
    this.baseline = baseline;
    this.rows = rows;
  }

  /** Lines of at most {@code width} characters, or of 32 below that. */
  String fit(int width) {
    int room = Math.max(width, NARROWEST);
    List<String> lines = new ArrayList<>(Wrapped.lines(study, room));
    if (rows.isEmpty()) {
      return lines.get(0) + "\n\nNo runs yet.";
    }
    lines.add("");
    lines.addAll(table(room));
    lines.add("");
    lines.addAll(Wrapped.lines(note(), room));
    return lines.stream().map(String::stripTrailing).collect(Collectors.joining("\n"));
  }

  private List<String> table(int room) {
    List<Figure> figures = new ArrayList<>(List.of(Figure.values()));
    List<List<String>> cells =
        figures.stream().map(new SummaryCells(rows, baseline)::of).collect(Collectors.toList());
    for (int i = figures.size() - 1; i >= 0; i--) {
      if (cells.get(i).stream().allMatch(String::isBlank)) {
        figures.remove(i);
        cells.remove(i);
      }
    }
    int methodNatural =
        Math.max(
            METHOD.length(), SummaryCells.longest(rows.stream().map(MethodRow::method).toList()));
    int verdictNatural =
        SummaryCells.longest(
            rows.stream()
                .filter(row -> row.collapsed() == 0)
                .map(row -> row.verdict().text())
                .toList());
    int drawn = figures.indexOf(Figure.DRAWN);
    if (drawn >= 0 && methodNatural + width(figures, cells) + verdictNatural + 2 > room) {
      figures.remove(drawn);
      cells.remove(drawn);
    }
    int methodLeast = Math.min(methodNatural, METHOD_AT_LEAST);
    int verdictLeast = Math.min(verdictNatural, VERDICT_AT_LEAST);
    while (figures.size() > 1 && methodLeast + width(figures, cells) + verdictLeast + 2 > room) {
      int leaving = leastRank(figures);
      figures.remove(leaving);
      cells.remove(leaving);
    }
    int spare = room - width(figures, cells) - GAP.length();
    int verdict =
        spare >= methodLeast + verdictLeast
            ? Math.min(verdictNatural, Math.max(verdictLeast, spare - methodNatural))
            : Math.max(VERDICT.length(), spare / 2);
    int method = Math.max(METHOD.length(), Math.min(methodNatural, spare - verdict));
    return lines(figures, cells, balanced(method), verdict, room);
  }

  private List<String> lines(
      List<Figure> figures, List<List<String>> cells, int method, int verdict, int room) {
    StringBuilder header = new StringBuilder(padded(METHOD, method));
    StringBuilder rule = new StringBuilder("─".repeat(method));
    for (int i = 0; i < figures.size(); i++) {
      int width = columnWidth(figures.get(i), cells.get(i));
      header.append(GAP).append(SummaryCells.right(figures.get(i).title(), width));
      rule.append(GAP).append("─".repeat(width));
    }
    header.append(GAP).append(VERDICT);
    rule.append(GAP).append("─".repeat(Math.max(VERDICT.length(), verdict)));
    List<String> lines = new ArrayList<>(List.of(header.toString(), rule.toString()));
    for (int r = 0; r < rows.size(); r++) {
      MethodRow row = rows.get(r);
      List<String> names = Wrapped.lines(row.method(), method);
      List<String> collapse = Wrapped.lines(row.verdict().text(), room - method - GAP.length());
      if (row.allCollapsed()) {
        lines.addAll(beside(names, method, "", collapse));
        continue;
      }
      StringBuilder numbers = new StringBuilder();
      for (int i = 0; i < figures.size(); i++) {
        int width = columnWidth(figures.get(i), cells.get(i));
        numbers.append(SummaryCells.right(cells.get(i).get(r), width)).append(GAP);
      }
      boolean some = row.collapsed() > 0;
      List<String> text = some ? List.of() : Wrapped.lines(row.verdict().text(), verdict);
      lines.addAll(beside(names, method, numbers.toString(), text));
      if (some) {
        lines.addAll(beside(List.of(), method, "", collapse));
      }
    }
    return lines;
  }

  /** The narrowest column that folds no name into more lines than one of this width does. */
  private int balanced(int width) {
    int word =
        rows.stream()
            .flatMap(row -> Arrays.stream(row.method().split("\\s+")))
            .mapToInt(String::length)
            .reduce(METHOD.length(), Math::max);
    int narrower = width;
    while (narrower > word && folds(narrower - 1) == folds(width)) {
      narrower--;
    }
    return narrower;
  }

  private int folds(int width) {
    return rows.stream().mapToInt(row -> Wrapped.lines(row.method(), width).size()).sum();
  }

  /** The name on the left, then the numbers on the first line alone, then the text. */
  private static List<String> beside(
      List<String> names, int nameWidth, String numbers, List<String> text) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < Math.max(names.size(), text.size()); i++) {
      String name = padded(i < names.size() ? names.get(i) : "", nameWidth);
      String middle = i == 0 ? numbers : " ".repeat(numbers.length());
      lines.add(name + GAP + middle + (i < text.size() ? text.get(i) : ""));
    }
    return lines;
  }

  private static int leastRank(List<Figure> figures) {
    int least = 0;
    for (int i = 1; i < figures.size(); i++) {
      least = figures.get(i).rank() < figures.get(least).rank() ? i : least;
    }
    return least;
  }

  /** All figures with a gap before each. */
  private static int width(List<Figure> figures, List<List<String>> cells) {
    int width = 0;
    for (int i = 0; i < figures.size(); i++) {
      width += GAP.length() + columnWidth(figures.get(i), cells.get(i));
    }
    return width;
  }

  private static int columnWidth(Figure figure, List<String> cells) {
    return Math.max(figure.title().length(), SummaryCells.longest(cells));
  }

  private String note() {
    String seeds = MethodRow.seeds(rows);
    String spread = seeds.startsWith("seeds") ? "mean ± sd over " : "";
    String note = "Accuracy in %, " + spread + seeds + ".";
    boolean tested =
        rows.stream()
            .map(row -> row.verdict().kind())
            .anyMatch(
                Set.of(Verdict.Kind.BETTER, Verdict.Kind.WORSE, Verdict.Kind.NOT_DISTINGUISHABLE)
                    ::contains);
    return tested
        ? note
            + " Verdict: paired t-test against "
            + baseline
            + ", Holm-corrected, level "
            + Figures.shortest(100 * Comparison.LEVEL)
            + " %."
        : note;
  }

  private static String padded(String text, int width) {
    return text + " ".repeat(Math.max(0, width - text.length()));
  }
}
