package io.coppice.framework.display;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is said of a thing, by name and in order: a list on a page, two columns in a terminal. */
public record Facts(Map<String, String> facts) {
  private static final int NARROWEST = 20;

  public Facts {
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
  }

  /** A line or more for each, folded to {@code width} characters. */
  public String toText(int width) {
    int indent = facts.keySet().stream().mapToInt(String::length).max().orElse(0) + 2;
    String pad = " ".repeat(indent);
    StringBuilder text = new StringBuilder();
    facts.forEach(
        (name, fact) ->
            text.append(name)
                .append(pad.substring(name.length()))
                .append(
                    String.join(
                        "\n" + pad, Wrapped.lines(fact, Math.max(NARROWEST, width - indent))))
                .append('\n'));
    return text.toString();
  }

  /** Without the style of a fragment. */
  public String toHtml() {
    StringBuilder html = new StringBuilder("<dl>\n");
    facts.forEach(
        (name, fact) ->
            html.append(
                "<dt>%s</dt><dd>%s</dd>\n".formatted(Html.escape(name), Html.escape(fact))));
    return html.append("</dl>\n").toString();
  }
}
