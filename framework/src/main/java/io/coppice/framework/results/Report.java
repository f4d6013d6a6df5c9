package io.coppice.framework.results;

import io.coppice.framework.display.Figures;
import io.coppice.framework.display.Html;
import io.coppice.framework.display.Look;
import io.coppice.framework.display.Sheet;
import io.coppice.framework.statistics.Comparison;
import io.coppice.framework.statistics.Estimate;
import io.coppice.framework.statistics.Verdict;
import java.util.List;
import java.util.Map;

/** A study as HTML that needs nothing beside itself: no script, no file, no network. */
final class Report {
  private final String study;
  private final String baseline;
  private final List<MethodRow> rows;
  private final List<Comparison.Pair> pairs;
  private final Map<String, Look> looks;
  private final Cells cells;

  Report(String study, String baseline, List<MethodRow> rows, List<Comparison.Pair> pairs) {
    this.study = study;
    this.baseline = baseline;
    this.rows = rows;
    this.pairs = pairs;
    this.looks = Marks.looks(rows, baseline);
    this.cells = new Cells(looks);
  }

  /** A whole page. */
  String page() {
    return Sheet.page(study, fragment());
  }

  /** The part of a page that a notebook shows. */
  String fragment() {
    return Sheet.fragment("report", Sheet.css(Report.class, "report.css"), body());
  }

  private String body() {
    StringBuilder html = new StringBuilder();
    html.append("<h2>").append(Html.escape(study)).append("</h2>\n");
    html.append("<p class=\"lead\">").append(Html.escape(lead())).append("</p>\n");
    if (rows.isEmpty()) {
      return html.toString();
    }
    html.append(summary());
    html.append("<p>").append(Html.escape(conventions())).append("</p>\n");
    html.append(rows.stream().allMatch(MethodRow::allCollapsed) ? "" : charts());
    return html.append(new FoldedTables(rows, pairs, cells).html()).toString();
  }

  private String charts() {
    StringBuilder html = new StringBuilder();
    html.append("<h3>Accuracy against compression</h3>\n");
    html.append(Chart.tradeOff(rows, baseline, Column.CR, Column.ACCURACY).figure());
    html.append(
        "<p>Mean over seeds and its 95 % interval. Points at one compression stand side by"
            + " side.</p>\n");
    html.append("<h3>Learning curves</h3>\n");
    html.append(Chart.learningCurves(rows, baseline).figure());
    html.append(
        "<p>Validation accuracy after each epoch: mean over seeds, 95 % interval as a band. The"
            + " first steep epochs may lie below the axis.</p>\n");
    return html.toString();
  }

  private String lead() {
    String methods = rows.size() == 1 ? "1 method" : rows.size() + " methods";
    return rows.isEmpty() ? "No runs yet." : methods + ", " + MethodRow.seeds(rows);
  }

  private String conventions() {
    return "Accuracy on the test part in per cent, mean ± standard deviation over seeds; the test"
        + " part is read once, at the epoch that validation chose. The bar is the 95 % t-interval"
        + " of the mean, the small dots are the seeds, the dotted line is "
        + baseline
        + ". The verdict is a paired t-test against "
        + baseline
        + " over common seeds, Holm-corrected over the methods, at the "
        + Figures.shortest(100 * Comparison.LEVEL)
        + " % level.";
  }

  private String summary() {
    Span span = Span.of(rows, Column.ACCURACY);
    IntervalBar bar = new IntervalBar(span, MethodRow.mean(rows, baseline, Column.ACCURACY));
    StringBuilder html = new StringBuilder("<div class=\"scroll\"><table class=\"summary\">\n");
    html.append("<thead><tr><th>Method</th><th class=\"number\" colspan=\"2\">Accuracy, %</th>");
    html.append("<th class=\"drawn\">").append(span.isEmpty() ? "" : bar.axis()).append("</th>");
    for (String title : List.of("95 % interval", "Weights", "Smaller", "FLOPs", "Time")) {
      html.append("<th class=\"number\">").append(title).append("</th>");
    }
    html.append("<th class=\"verdict\">Against ").append(Html.escape(baseline));
    html.append("</th></tr></thead>\n<tbody>\n");
    for (MethodRow row : rows) {
      html.append("<tr>").append(cells.name(row));
      if (row.allCollapsed()) {
        html.append(Cells.verdict(row.verdict(), 9));
      } else {
        Verdict verdict = row.verdict();
        boolean some = row.collapsed() > 0;
        html.append(figures(row, bar));
        html.append(Cells.verdict(some ? new Verdict(verdict.kind(), "") : verdict, 1));
        html.append(some ? "</tr>\n<tr><td></td>" + Cells.verdict(verdict, 9) : "");
      }
      html.append("</tr>\n");
    }
    return html.append("</tbody></table></div>\n").toString();
  }

  private String figures(MethodRow row, IntervalBar bar) {
    Estimate accuracy = row.estimate(Column.ACCURACY);
    String spread = accuracy.hasInterval() ? "± " + Unit.FRACTION.show(accuracy.sd()) : "";
    String interval = row.interval().map(ends -> ends.low() + " – " + ends.high()).orElse("");
    double flops = row.mean(Column.FLOPS_RATIO);
    String drawn =
        accuracy.count() > 0 ? bar.svg(row, "var(" + looks.get(row.method()).property() + ")") : "";
    return Cells.number(Unit.FRACTION.show(accuracy.mean()))
        + "<td class=\"spread\">"
        + spread
        + "</td><td class=\"drawn\">"
        + drawn
        + "</td>"
        + Cells.number(interval)
        + Cells.number(Column.NONZERO.unit().show(row.mean(Column.NONZERO)))
        + Cells.number(Column.CR.unit().show(row.mean(Column.CR)))
        + Cells.number(Double.isFinite(flops) ? "÷" + Figures.brief(flops) : "")
        + Cells.number(Column.SECONDS.unit().show(row.mean(Column.SECONDS)));
  }
}
