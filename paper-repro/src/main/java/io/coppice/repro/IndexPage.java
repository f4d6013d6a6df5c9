package io.coppice.repro;

import static io.coppice.repro.Rule.text;

import io.coppice.framework.display.Html;
import io.coppice.framework.display.Sheet;
import io.coppice.framework.results.Column;
import io.coppice.framework.results.Results;
import io.coppice.framework.results.Unit;
import io.coppice.framework.run.RunResult;
import io.coppice.framework.statistics.Estimate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code index.html}: all papers on one page that needs no script, no file and no network. */
final class IndexPage {
  private final StringBuilder page = new StringBuilder();

  private IndexPage() {}

  /** The page as the papers' committed files give it. */
  static String of(Papers papers) {
    IndexPage page = new IndexPage();
    page.write(papers.all());
    String rules = Sheet.css(Results.class, "report.css") + Sheet.css(IndexPage.class, "page.css");
    return Sheet.page(
        "Papers, run again", Sheet.fragment("report papers", rules, page.page.toString()));
  }

  private void write(List<Paper> papers) {
    page.append(
        """
        <h1>Papers, run again</h1>
        <p class="lead">What papers on small neural networks print, beside what Coppice measures: every row with its \
        seeds, its interval and a verdict by one rule.</p>
        """);
    for (Paper paper : papers) {
      section(paper);
    }
    page.append("<section id=\"rule\">\n<h2>The rule</h2>\n")
        .append(Markdown.html(Rule.words()))
        .append("</section>\n");
  }

  private void section(Paper paper) {
    List<Finding> findings = paper.findings();
    page.append(text("<section id=\"%s\">\n<h2>%s</h2>\n", paper.name(), escape(paper.title())));
    page.append(Markdown.html(paper.claim()));
    page.append(text("<p class=\"counts\">%s</p>\n", escape(Papers.counts(paper))));
    rows(findings);
    Map<String, List<Finding>> networks = new LinkedHashMap<>();
    findings.forEach(
        finding ->
            networks
                .computeIfAbsent(finding.row().network(), any -> new ArrayList<>())
                .add(finding));
    List<Ledger> ledgers = paper.ledgers();
    networks.forEach((network, own) -> sizes(network, own, paper.ledgers(network)));
    page.append("<h3>Every method, its spread and its cost</h3>\n");
    page.append(
        "<p>Test accuracy in per cent, mean ± standard deviation; the bar is the 95 % t-interval of"
            + " the mean, the small dots are the seeds. The test part is read once per run, at the"
            + " epoch that validation chose. Seconds of training are those of the machine below, with"
            + " whatever else it did.</p>\n");
    ledgers.forEach(this::spread);
    ledgers.stream().map(CourseChart::of).forEach(page::append);
    ledgers.stream()
        .map(ledger -> GatePlots.of(ledger, GatesFile.read(paper.folder(ledger.study()))))
        .forEach(page::append);
    repeat(paper, ledgers);
    page.append("<details><summary>What the text leaves open, what was tried</summary>\n");
    page.append("<div class=\"prose\">").append(Markdown.html(paper.text())).append("</div>");
    page.append("</details>\n");
    for (String script : paper.scripts()) {
      page.append(text("<details><summary>The experiment: %s.jsh</summary>", escape(script)));
      page.append("<pre>").append(escape(Saved.read(paper.script(script))));
      page.append("</pre></details>\n");
    }
    page.append("</section>\n");
  }

  private void rows(List<Finding> findings) {
    DifferenceBar bar = new DifferenceBar(findings);
    page.append("<div class=\"scroll\"><table class=\"summary rows\">\n<thead><tr>");
    page.append("<th>Printed row</th><th class=\"number\">printed</th>");
    page.append("<th class=\"number\">ours</th><th class=\"number\">seeds</th>");
    page.append("<th class=\"drawn\">").append(bar.axis()).append("</th>");
    page.append("<th class=\"number\">difference, 95 %</th>");
    page.append("<th>verdict</th></tr></thead>\n<tbody>\n");
    String network = "";
    for (Finding finding : findings) {
      Published row = finding.row();
      if (!row.network().equals(network)) {
        network = row.network();
        page.append(text("<tr class=\"group\"><td colspan=\"7\">%s</td></tr>\n", escape(network)));
      }
      page.append("<tr class=\"row\"><th scope=\"row\">").append(escape(row.method()));
      page.append(row.changes().isEmpty() ? "" : "<span class=\"at\">, changed</span>");
      page.append("</th>").append(number(row.accuracy(), row.weights()));
      page.append(
          finding.accuracy().count() == 0
              ? "<td class=\"number\"></td>"
              : number(finding.accuracy().mean(), finding.weights().mean()));
      page.append(text("<td class=\"number\">%d</td>", finding.seeds()));
      page.append("<td class=\"drawn\">").append(bar.svg(finding)).append("</td>");
      page.append("<td class=\"number\">").append(escape(VerdictPage.difference(finding)));
      page.append(
          text(
              "</td><td><span class=\"badge %s\">%s</span></td></tr>\n",
              finding.kind().name().toLowerCase(Locale.ROOT), finding.kind().words()));
      String note = row.note().isEmpty() ? "" : " " + row.note();
      page.append(
          text(
              "<tr class=\"sentence\"><td colspan=\"7\">%s</td></tr>\n",
              escape(finding.sentence() + note)));
    }
    page.append("</tbody></table></div>\n");
    page.append(
        "<p>The dot is our mean minus the printed accuracy, the bar its 95 % interval, the dotted"
            + " line the printed accuracy and the band what it is itself known to; see <a"
            + " href=\"#rule\">the rule</a>.</p>\n");
  }

  private static String number(double accuracy, double weights) {
    return text(
        "<td class=\"number\">%.2f<span class=\"at\"> at %s</span></td>",
        accuracy, Rule.count(weights));
  }

  private void sizes(String network, List<Finding> findings, List<Ledger> ledgers) {
    SizeChart chart = new SizeChart(findings, ledgers);
    if (!chart.isEmpty()) {
      page.append(text("<h3>Accuracy against size: %s</h3>\n", escape(network)));
      page.append("<figure class=\"chart\">").append(chart.svg()).append("</figure>\n");
      page.append(
          "<p>Diamonds are the printed numbers, dots our means with their 95 % intervals; a line"
              + " joins a printed row with our answer. Numbered dots are what stands beside the"
              + " paper at equal epochs.</p>\n");
    }
  }

  private void spread(Ledger ledger) {
    SpreadBar bar = new SpreadBar(ledger);
    page.append(text("<h4>%s</h4>\n", escape(ledger.study())));
    page.append("<div class=\"scroll\"><table class=\"summary\">\n<thead><tr><th>method</th>");
    page.append("<th class=\"number\">accuracy</th><th class=\"drawn\">");
    page.append(bar.axis()).append("</th><th class=\"number\">weights</th>");
    page.append("<th class=\"number\">seeds</th><th class=\"number\">seconds</th>");
    page.append("<th class=\"number\">memory</th></tr></thead>\n<tbody>\n");
    for (String method : ledger.methods()) {
      List<RunResult> runs = ledger.of(method);
      Estimate accuracy = Rule.estimate(runs, Column.ACCURACY, 100);
      page.append("<tr><th scope=\"row\">").append(escape(method)).append("</th>");
      if (accuracy.count() == 0) {
        String why = runs.get(0).collapse().orElse("");
        page.append(
            text(
                "<td colspan=\"6\" class=\"verdict collapsed\">%d of %d runs ended early: %s</td>",
                runs.size(), runs.size(), escape(why)));
      } else {
        page.append(cell(VerdictPage.accuracy(accuracy)));
        page.append("<td class=\"drawn\">").append(bar.svg(runs)).append("</td>");
        page.append(cell(Rule.count(mean(runs, Column.NONZERO))));
        page.append(cell(text("%d of %d", accuracy.count(), runs.size())));
        page.append(cell(Unit.SECONDS.show(mean(runs, Column.SECONDS))));
        page.append(cell(Unit.MEBIBYTES.show(mean(runs, Column.MEMORY))));
      }
      page.append("</tr>\n");
    }
    page.append("</tbody></table></div>\n");
  }

  private static double mean(List<RunResult> runs, Column column) {
    return Rule.estimate(runs, column, 1).mean();
  }

  private static String cell(String text) {
    return "<td class=\"number\">" + escape(text) + "</td>";
  }

  private void repeat(Paper paper, List<Ledger> ledgers) {
    Collection<RunResult> runs = Paper.runs(ledgers).values();
    double seconds =
        runs.stream()
            .mapToDouble(run -> run.metrics().getOrDefault(Column.SECONDS.metric(), 0.0))
            .sum();
    page.append("<h3>To repeat</h3>\n<pre>./coppice repro ").append(paper.name());
    page.append("                 # all rows of the table; again to resume\n");
    page.append("./coppice repro ").append(paper.name());
    page.append(" --row ROW       # one row\n./coppice repro ").append(paper.name());
    page.append(" --quick         # everything, for seconds: does it still work?\n");
    page.append("./coppice repro ").append(paper.name());
    page.append(" --script NAME   # the studies of another script</pre>\n");
    page.append(
        text(
            "<p>The %d runs on this page took %.1f hours of one core. They were trained on:</p>\n",
            runs.size(), seconds / 3600));
    page.append("<ul class=\"machines\">\n");
    ledgers.stream()
        .flatMap(ledger -> Environments.read(paper.folder(ledger.study())).stream())
        .distinct()
        .forEach(line -> page.append("<li>").append(escape(line)).append("</li>\n"));
    page.append("</ul>\n");
  }

  private static String escape(String text) {
    return Html.escape(text);
  }
}
