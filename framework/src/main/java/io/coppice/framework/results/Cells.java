package io.coppice.framework.results;

import io.coppice.framework.display.Html;
import io.coppice.framework.display.Look;
import io.coppice.framework.statistics.Verdict;
import java.util.Locale;
import java.util.Map;

/** The cells that a report's tables share. */
final class Cells {
  private final Map<String, Look> looks;

  Cells(Map<String, Look> looks) {
    this.looks = looks;
  }

  /** The method beside its colour, or beside a ring when it is in no chart. */
  String name(MethodRow row) {
    Look look = looks.get(row.method());
    String key =
        look == null
            ? "<span class=\"key none\"></span>"
            : "<span class=\"key\" style=\"background:var(" + look.property() + ")\"></span>";
    return "<th scope=\"row\">" + key + Html.escape(row.method()) + "</th>";
  }

  static String number(String text) {
    return "<td class=\"number\">" + Html.escape(text) + "</td>";
  }

  static String verdict(Verdict verdict, int columns) {
    return "<td class=\"verdict %s\"%s>%s</td>"
        .formatted(
            verdict.kind().name().toLowerCase(Locale.ROOT),
            columns == 1 ? "" : " colspan=\"" + columns + "\"",
            Html.escape(verdict.text()));
  }
}
