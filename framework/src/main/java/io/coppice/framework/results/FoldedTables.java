package io.coppice.framework.results;

import io.coppice.framework.display.Figures;
import io.coppice.framework.display.Html;
import io.coppice.framework.run.RunResult;
import io.coppice.framework.statistics.Comparison;
import io.coppice.framework.statistics.Estimate;
import io.coppice.framework.statistics.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What a report shows when asked: every run, every two methods, the sparsity of each layer. */
final class FoldedTables {
  private static final String SPARSITY = "sparsity_";
  private static final int HASH_SHOWN = 10;

  private final List<MethodRow> rows;
  private final List<Comparison.Pair> pairs;
  private final Cells cells;

  FoldedTables(List<MethodRow> rows, List<Comparison.Pair> pairs, Cells cells) {
    this.rows = rows;
    this.pairs = pairs;
    this.cells = cells;
  }

  String html() {
    return details(" class=\"folded\"", "Every run", runs())
        + details("", "Every two methods", pairs())
        + details("", "Sparsity by layer", sparsity());
  }

  private static String details(String attributes, String title, String table) {
    return table.isEmpty()
        ? ""
        : "<details%s><summary>%s</summary><div class=\"scroll\">%s</div></details>\n"
            .formatted(attributes, title, table);
  }

  private String runs() {
    List<Column> columns =
        Arrays.stream(Column.values())
            .filter(
                column ->
                    rows.stream()
                        .flatMap(row -> row.finished().stream())
                        .anyMatch(run -> run.metrics().containsKey(column.metric())))
            .toList();
    Set<String> words = new LinkedHashSet<>();
    rows.forEach(row -> row.finished().forEach(run -> words.addAll(run.words().keySet())));
    StringBuilder html = new StringBuilder("<table><thead><tr><th>Method</th>");
    html.append("<th class=\"number\">seed</th>");
    columns.forEach(c -> html.append(heading(c.heading())));
    words.forEach(word -> html.append("<th>").append(Html.escape(word)).append("</th>"));
    html.append("<th>run</th></tr></thead>\n<tbody>\n");
    for (MethodRow row : rows) {
      for (RunResult run : row.runs()) {
        html.append("<tr>").append(cells.name(row)).append(Cells.number(Long.toString(run.seed())));
        if (run.collapse().isPresent()) {
          String text = "collapsed: " + run.collapse().get();
          int width = columns.size() + words.size();
          html.append(Cells.verdict(new Verdict(Verdict.Kind.COLLAPSED, text), width));
        } else {
          for (Column column : columns) {
            double value = run.metrics().getOrDefault(column.metric(), Double.NaN);
            html.append(Cells.number(column.unit().show(value)));
          }
          for (String word : words) {
            String text = run.words().getOrDefault(word, "");
            html.append("<td>").append(Html.escape(text)).append("</td>");
          }
        }
        String hash = run.run().substring(0, Math.min(HASH_SHOWN, run.run().length()));
        html.append("<td><code>").append(Html.escape(hash)).append("</code></td></tr>\n");
      }
    }
    return html.append("</tbody></table>").toString();
  }

  private static String heading(String title) {
    return "<th class=\"number\">" + Html.escape(title) + "</th>";
  }

  private String pairs() {
    if (pairs.isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder("<table><thead><tr><th>First</th><th>Second</th>");
    for (String title : List.of("difference, points", "95 % interval", "p", "p, Holm")) {
      html.append(heading(title));
    }
    html.append("<th>The first is</th></tr></thead>\n<tbody>\n");
    for (Comparison.Pair pair : pairs) {
      Estimate difference = pair.test().difference();
      html.append("<tr><th scope=\"row\">").append(Html.escape(pair.first())).append("</th><td>");
      html.append(Html.escape(pair.second())).append("</td>");
      html.append(Cells.number(signed(difference.mean())));
      html.append(
          Cells.number(
              difference.hasInterval()
                  ? signed(difference.low()) + " … " + signed(difference.high())
                  : ""));
      html.append(Cells.number(probability(pair.test().p().orElse(Double.NaN))));
      html.append(Cells.number(probability(pair.holmP())));
      html.append(Cells.verdict(pair.verdict(), 1)).append("</tr>\n");
    }
    return html.append("</tbody></table>")
        .append("<p>Paired t-tests over common seeds, Holm-corrected over all pairs.</p>")
        .toString();
  }

  private static String signed(double fraction) {
    String text = Unit.FRACTION.show(fraction);
    return text.startsWith("-") ? "−" + text.substring(1) : text.isEmpty() ? "" : "+" + text;
  }

  private static String probability(double p) {
    return Double.isNaN(p) ? "" : p < 0.001 ? "< 0.001" : Figures.fixed(p, 3);
  }

  private String sparsity() {
    Set<String> layers = new LinkedHashSet<>();
    List<MethodRow> finished = new ArrayList<>();
    for (MethodRow row : rows) {
      row.finished().forEach(run -> layers.addAll(run.metrics().keySet()));
      if (!row.allCollapsed()) {
        finished.add(row);
      }
    }
    layers.removeIf(metric -> !metric.startsWith(SPARSITY));
    if (layers.isEmpty()) {
      return "";
    }
    StringBuilder html = new StringBuilder("<table><thead><tr><th>Removed, %</th>");
    layers.forEach(layer -> html.append(heading(layer.substring(SPARSITY.length()))));
    html.append("</tr></thead>\n<tbody>\n");
    for (MethodRow row : finished) {
      html.append("<tr>").append(cells.name(row));
      layers.forEach(
          layer -> html.append(Cells.number(Unit.FRACTION.show(row.estimate(layer).mean()))));
      html.append("</tr>\n");
    }
    return html.append("</tbody></table>").toString();
  }
}
