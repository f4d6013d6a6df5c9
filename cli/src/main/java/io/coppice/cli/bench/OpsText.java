package io.coppice.cli.bench;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The benchmark's figures for people: a table per operation, what threads gain, the break-even
 * sparsities and the moves.
 */
final class OpsText {
  private static final int BAR = 40;

  private OpsText() {}

  static String of(OpsBenchmark.Figures figures) {
    StringBuilder text = new StringBuilder();
    text.append(figures.machine().get("cpu")).append(", ").append(figures.ops()).append('\n');
    Map<String, List<OpsSeries>> byOp = new LinkedHashMap<>();
    for (OpsSeries series : OpsSeries.of(figures.rows())) {
      byOp.computeIfAbsent(series.op(), op -> new ArrayList<>()).add(series);
    }
    byOp.forEach((op, series) -> text.append('\n').append(table(op, series)));
    List<ThreadGain> gains = ThreadGain.of(figures.rows());
    if (!gains.isEmpty()) {
      text.append('\n').append(gains(gains));
    }
    text.append('\n').append(breakEven(figures.break_even()));
    if (!figures.moves().isEmpty()) {
      text.append('\n').append(moves(figures.moves()));
    }
    return text.toString();
  }

  /** A line per series, a column per sparsity. */
  private static String table(String op, List<OpsSeries> series) {
    SortedSet<Double> sparsities = new TreeSet<>();
    series.forEach(one -> sparsities.addAll(one.bySparsity().keySet()));
    boolean own =
        series.stream().anyMatch(one -> one.bySparsity().values().stream().anyMatch(OpsText::met));
    List<List<String>> lines = new ArrayList<>();
    List<String> heading = new ArrayList<>(List.of("", "batch", "threads", "layout", "dense µs"));
    sparsities.forEach(sparsity -> heading.add(Wording.percent(sparsity)));
    heading.addAll(own ? List.of("libtorch's sparse µs", "over ours") : List.of());
    lines.add(heading);
    for (OpsSeries one : series) {
      List<String> line =
          new ArrayList<>(
              List.of(
                  one.subject(),
                  "" + one.batch(),
                  "" + one.threads(),
                  one.layout(),
                  Wording.digits(dense(one.bySparsity().values()))));
      for (double sparsity : sparsities) {
        OpsRow row = one.bySparsity().get(sparsity);
        line.add(row == null ? "" : Wording.digits(row.ratio()));
      }
      one.bySparsity().values().stream()
          .filter(OpsText::met)
          .findFirst()
          .ifPresent(
              row -> {
                line.add(Wording.digits(row.libtorch_sparse_us()));
                line.add(Wording.digits(row.libtorch_sparse_us() / row.sparse_us()));
              });
      lines.add(line);
    }
    return op + ": how often faster than dense, by sparsity\n" + Columns.aligned(lines);
  }

  private static boolean met(OpsRow row) {
    return row.libtorch_sparse_us() != null;
  }

  private static double dense(Collection<OpsRow> rows) {
    double[] times = rows.stream().mapToDouble(OpsRow::dense_us).sorted().toArray();
    return times[times.length / 2];
  }

  /** A line per series on several threads, a column per sparsity. */
  private static String gains(List<ThreadGain> gains) {
    SortedSet<Double> sparsities = new TreeSet<>();
    gains.forEach(gain -> sparsities.addAll(gain.bySparsity().keySet()));
    List<List<String>> lines = new ArrayList<>();
    List<String> heading = new ArrayList<>(List.of("", "", "batch", "threads", "layout"));
    sparsities.forEach(sparsity -> heading.add(Wording.percent(sparsity)));
    lines.add(heading);
    for (ThreadGain gain : gains) {
      OpsSeries several = gain.several();
      List<String> line =
          new ArrayList<>(
              List.of(
                  several.op(),
                  several.subject(),
                  "" + several.batch(),
                  "" + several.threads(),
                  several.layout()));
      for (double sparsity : sparsities) {
        Double times = gain.bySparsity().get(sparsity);
        line.add(times == null ? "" : Wording.digits(times));
      }
      lines.add(line);
    }
    return "threads: how often faster than on one, by sparsity\n" + Columns.aligned(lines);
  }

  private static String moves(List<MoveRow> moves) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(
        List.of(
            "",
            "layout",
            "zeros",
            "entries",
            "µs",
            "ns an entry",
            "with the transpose µs",
            "ns an entry"));
    for (MoveRow move : moves) {
      lines.add(
          List.of(
              move.out() + "x" + move.in(),
              move.layout(),
              Wording.percent(move.sparsity()),
              "" + move.entries(),
              Wording.digits(move.move_us()),
              Wording.digits(1000 * move.move_us() / move.entries()),
              Wording.digits(move.with_transpose_us()),
              Wording.digits(1000 * move.with_transpose_us() / move.entries())));
    }
    return "moves: an index follows a changed topology in place\n" + Columns.aligned(lines);
  }

  /** A bar per series, from no zeros to nothing but zeros. */
  private static String breakEven(List<BreakEven> all) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(List.of("", "", "batch", "threads", "layout", "", "from"));
    for (BreakEven one : all) {
      lines.add(
          List.of(
              one.op(),
              one.subject(),
              "" + one.batch(),
              "" + one.threads(),
              one.layout(),
              bar(one.bound(), (int) Math.round(BAR * one.sparsity())),
              one.worded()));
    }
    return "break-even sparsity, from 0 to 100 %: . dense is faster, # sparse is, blank not measured\n"
        + Columns.aligned(lines);
  }

  private static String bar(BreakEven.Bound bound, int length) {
    String until = (bound == BreakEven.Bound.BELOW ? " " : ".").repeat(length);
    return until + (bound == BreakEven.Bound.ABOVE ? " " : "#").repeat(BAR - length);
  }
}
