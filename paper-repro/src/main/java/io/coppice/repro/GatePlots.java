package io.coppice.repro;

import io.coppice.framework.display.Html;
import io.coppice.framework.display.Look;
import io.coppice.framework.film.GateCurve;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** The open gates of a study's methods step by step, a small plot for each. */
final class GatePlots {
  private GatePlots() {}

  /** A heading with the plots, or nothing where none of the methods was filmed. */
  static String of(Ledger ledger, Map<String, GateCurve> curves) {
    List<String> filmed = ledger.methods().stream().filter(curves::containsKey).toList();
    if (filmed.isEmpty()) {
      return "";
    }
    TreeSet<String> layers = new TreeSet<>();
    filmed.forEach(method -> layers.addAll(curves.get(method).gates().keySet()));
    Map<String, Look> looks = GateCurve.looks(layers);
    StringBuilder html = new StringBuilder();
    html.append("<h4>Open gates, step by step: ").append(Html.escape(ledger.study()));
    html.append("</h4>\n<p>The share of each layer's gates that are open: ");
    looks.forEach((layer, look) -> html.append(key(layer, look)));
    html.append(
        "from the first step on. A step is one of the task's or of the method's own, with the"
            + " gates that it was made with.</p>\n<div class=\"plots\">\n");
    for (String method : filmed) {
      GateCurve curve = curves.get(method);
      html.append("<figure>").append(curve.svg(method, looks)).append("<figcaption>");
      html.append(Html.escape(curve.training())).append("</figcaption></figure>\n");
    }
    return html.append("</div>\n").toString();
  }

  private static String key(String layer, Look look) {
    return "<b style=\"color: var(%s)\">%s</b> ".formatted(look.property(), Html.escape(layer));
  }
}
