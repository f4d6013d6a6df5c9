package io.coppice.framework.results;

import io.coppice.framework.run.RunResult;
import io.coppice.framework.statistics.Comparison;
import io.coppice.framework.statistics.Estimate;
import io.coppice.framework.statistics.Verdict;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.knowm.xchart.XYChart;

/** A study as HTML that needs nothing beside itself: no script, no file, no network. */
final class Report {
  private static final String SPARSITY = "sparsity_";
  private static final int HASH_SHOWN = 10;

  private final String study;
  private final String baseline;
  private final List<MethodRow> rows;
  private final List<Comparison.Pair> pairs;
  private final Map<String, Look> looks;

  Report(String study, String baseline, List<MethodRow> rows, List<Comparison.Pair> pairs) {
    this.study = study;
    this.baseline = baseline;
    this.rows = rows;
    this.pairs = pairs;
    this.looks = Look.of(rows, baseline);
  }

  /** A whole page. */
  String page() {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>%s</title>
        <style>
        body { margin: 0; background: %s; }
        .coppice-results { margin: 0 auto; }
        @media (prefers-color-scheme: dark) { body { background: %s; } }
        </style>
        </head>
        <body>
        %s</body>
        </html>
        """
        .formatted(Html.escape(study), Theme.LIGHT.groundCss(), Theme.DARK.groundCss(), fragment());
  }

  /** The part of a page that a notebook shows. */
  String fragment() {
    StringBuilder html = new StringBuilder("<div class=\"coppice-results\">\n");
    html.append("<style>\n").append(style()).append("</style>\n");
    html.append("<h2>").append(Html.escape(study)).append("</h2>\n");
    html.append("<p class=\"lead\">").append(Html.escape(lead())).append("</p>\n");
    html.append(summary());
    html.append("<p>").append(Html.escape(conventions())).append("</p>\n");
    html.append(rows.stream().allMatch(MethodRow::allCollapsed) ? "" : charts());
    html.append(details(" class=\"folded\"", "Every run", runs()));
    html.append(details("", "Every two methods", pairs()));
    html.append(details("", "Sparsity by layer", sparsity()));
    return html.append("</div>\n").toString();
  }

  private String charts() {
    StringBuilder html = new StringBuilder();
    html.append("<h3>Accuracy against compression</h3>\n");
    html.append(
        figure(
            theme -> new TradeOffChart(rows, baseline, theme).draw(Column.CR, Column.ACCURACY),
            tradeOffInWords()));
    html.append(
        "<p>Mean over seeds and its 95 % interval. Points at one compression stand side by"
            + " side.</p>\n");
    html.append("<h3>Learning curves</h3>\n");
    html.append(
        figure(
            theme -> new LearningCurves(rows, baseline, theme).draw(),
            "Validation accuracy by epoch of " + methods(row -> !row.allCollapsed())));
    html.append(
        "<p>Validation accuracy after each epoch: mean over seeds, 95 % interval as a band. The"
            + " first steep epochs may lie below the axis.</p>\n");
    return html.toString();
  }

  private String style() {
    String light = Theme.LIGHT.css() + seriesCss(Theme.LIGHT);
    String dark = Theme.DARK.css() + seriesCss(Theme.DARK);
    return ".coppice-results{%s}\n@media (prefers-color-scheme: dark){.coppice-results{%s}}\n%s"
        .formatted(light, dark, css());
  }

  private String seriesCss(Theme theme) {
    return looks.values().stream()
        .map(look -> colourName(look) + ":" + theme.hex(look) + ";")
        .distinct()
        .collect(Collectors.joining());
  }

  private static String colourName(Look look) {
    return look.isBaseline() ? "--series-base" : "--series-" + look.colour();
  }

  private static String css() {
    try (InputStream in = Report.class.getResourceAsStream("report.css")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String lead() {
    Set<Long> seeds = new TreeSet<>();
    rows.forEach(row -> row.runs().forEach(run -> seeds.add(run.seed())));
    String methods = rows.size() == 1 ? "1 method" : rows.size() + " methods";
    return methods
        + (seeds.size() == 1 ? ", seed " : ", seeds ")
        + seeds.stream().map(String::valueOf).collect(Collectors.joining(", "));
  }

  private String conventions() {
    return "Accuracy on the test part in per cent, mean ± standard deviation over seeds; the test"
        + " part is read once, at the epoch that validation chose. The bar is the 95 % t-interval"
        + " of the mean, the small dots are the seeds, the dotted line is "
        + baseline
        + ". The verdict is a paired t-test against "
        + baseline
        + " over common seeds, Holm-corrected over the methods, at the 5 % level.";
  }

  private String summary() {
    Span span = Span.of(rows, Column.ACCURACY);
    double reference =
        rows.stream()
            .filter(row -> row.method().equals(baseline))
            .mapToDouble(row -> row.mean(Column.ACCURACY))
            .findFirst()
            .orElse(Double.NaN);
    IntervalBar bar = new IntervalBar(span, reference);
    StringBuilder html = new StringBuilder("<div class=\"scroll\"><table class=\"summary\">\n");
    html.append("<thead><tr><th>Method</th><th class=\"number\" colspan=\"2\">Accuracy, %</th>");
    html.append("<th class=\"drawn\">").append(span.isEmpty() ? "" : bar.axis()).append("</th>");
    for (String title : List.of("95 % interval", "Weights", "Smaller", "FLOPs", "Time")) {
      html.append("<th class=\"number\">").append(title).append("</th>");
    }
    html.append("<th class=\"verdict\">Against ").append(Html.escape(baseline));
    html.append("</th></tr></thead>\n<tbody>\n");
    for (MethodRow row : rows) {
      html.append("<tr>").append(name(row));
      if (row.allCollapsed()) {
        html.append(verdict(row.verdict(), 9));
      } else {
        Verdict verdict = row.verdict();
        boolean some = row.collapsed() > 0;
        html.append(figures(row, bar));
        html.append(verdict(some ? new Verdict(verdict.kind(), "") : verdict, 1));
        html.append(some ? "</tr>\n<tr><td></td>" + verdict(verdict, 9) : "");
      }
      html.append("</tr>\n");
    }
    return html.append("</tbody></table></div>\n").toString();
  }

  /** The method beside its colour, or beside a ring when it is in no chart. */
  private String name(MethodRow row) {
    Look look = looks.get(row.method());
    String key =
        look == null
            ? "<span class=\"key none\"></span>"
            : "<span class=\"key\" style=\"background:var(" + colourName(look) + ")\"></span>";
    return "<th scope=\"row\">" + key + Html.escape(row.method()) + "</th>";
  }

  private String figures(MethodRow row, IntervalBar bar) {
    Estimate accuracy = row.estimate(Column.ACCURACY);
    String spread = accuracy.hasInterval() ? "± " + Unit.FRACTION.show(accuracy.sd()) : "";
    String interval =
        accuracy.hasInterval()
            ? Unit.FRACTION.show(Math.max(0, accuracy.low()))
                + " – "
                + Unit.FRACTION.show(Math.min(1, accuracy.high()))
            : "";
    double flops = row.mean(Column.FLOPS_RATIO);
    String drawn =
        accuracy.count() > 0
            ? bar.svg(row, "var(" + colourName(looks.get(row.method())) + ")")
            : "";
    return number(Unit.FRACTION.show(accuracy.mean()))
        + "<td class=\"spread\">"
        + spread
        + "</td><td class=\"drawn\">"
        + drawn
        + "</td>"
        + number(interval)
        + number(Column.NONZERO.unit().show(row.mean(Column.NONZERO)))
        + number(Column.CR.unit().show(row.mean(Column.CR)))
        + number(Double.isFinite(flops) ? "÷" + Figures.brief(flops) : "")
        + number(Column.SECONDS.unit().show(row.mean(Column.SECONDS)));
  }

  private static String number(String text) {
    return "<td class=\"number\">" + Html.escape(text) + "</td>";
  }

  private static String verdict(Verdict verdict, int columns) {
    return "<td class=\"verdict %s\"%s>%s</td>"
        .formatted(
            verdict.kind().name().toLowerCase(Locale.ROOT),
            columns == 1 ? "" : " colspan=\"" + columns + "\"",
            Html.escape(verdict.text()));
  }

  private static String figure(Function<Theme, XYChart> chart, String words) {
    return """
        <figure><picture>
        <source media="(prefers-color-scheme: dark)" srcset="%s"/>
        <img src="%s" alt="%s"/>
        </picture></figure>
        """
        .formatted(
            data(chart.apply(Theme.DARK)), data(chart.apply(Theme.LIGHT)), Html.escape(words));
  }

  private static String data(XYChart chart) {
    return "data:image/png;base64," + Base64.getEncoder().encodeToString(Png.of(chart));
  }

  private String tradeOffInWords() {
    return rows.stream()
        .filter(row -> !row.allCollapsed())
        .map(
            row ->
                row.method()
                    + " "
                    + Unit.FRACTION.show(row.mean(Column.ACCURACY))
                    + " % at "
                    + Unit.TIMES.show(row.mean(Column.CR)))
        .collect(Collectors.joining("; ", "Test accuracy against compression: ", "."));
  }

  private String methods(Predicate<MethodRow> which) {
    return rows.stream().filter(which).map(MethodRow::method).collect(Collectors.joining(", "));
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
    StringBuilder html = new StringBuilder("<table><thead><tr><th>Method</th>");
    html.append("<th class=\"number\">seed</th>");
    columns.forEach(c -> html.append(heading(c.title())));
    html.append("<th>run</th></tr></thead>\n<tbody>\n");
    for (MethodRow row : rows) {
      for (RunResult run : row.runs()) {
        html.append("<tr>").append(name(row)).append(number(Long.toString(run.seed())));
        if (run.collapse().isPresent()) {
          String text = "collapsed: " + run.collapse().get();
          html.append(verdict(new Verdict(Verdict.Kind.COLLAPSED, text), columns.size()));
        } else {
          for (Column column : columns) {
            double value = run.metrics().getOrDefault(column.metric(), Double.NaN);
            html.append(number(column.unit().show(value)));
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
      html.append(number(signed(difference.mean())));
      html.append(
          number(
              difference.hasInterval()
                  ? signed(difference.low()) + " … " + signed(difference.high())
                  : ""));
      html.append(number(probability(pair.test().p().orElse(Double.NaN))));
      html.append(number(probability(pair.holmP())));
      html.append(verdict(pair.verdict(), 1)).append("</tr>\n");
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
      html.append("<tr>").append(name(row));
      layers.forEach(layer -> html.append(number(Unit.FRACTION.show(row.estimate(layer).mean()))));
      html.append("</tr>\n");
    }
    return html.append("</tbody></table>").toString();
  }
}
