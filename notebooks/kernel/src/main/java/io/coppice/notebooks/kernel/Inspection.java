package io.coppice.notebooks.kernel;

import io.coppice.framework.display.Html;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Documentation;

/** What a name in a cell is: its signatures, and what its Javadoc says. */
final class Inspection {
  private Inspection() {}

  static Optional<DisplayData> of(SourceCodeAnalysis analysis, Cell cell, int at) {
    String text = cell.java();
    int end = Math.min(at, text.length());
    while (end < text.length() && Character.isJavaIdentifierPart(text.charAt(end))) {
      end++;
    }
    boolean call = text.startsWith("(", end);
    String before = text.substring(0, end);
    List<Documentation> found = documentation(analysis, call ? before + "(" : before);
    if (found.isEmpty() && !call) {
      found = documentation(analysis, before + "(");
    }
    return found.isEmpty() ? Optional.empty() : Optional.of(shown(found));
  }

  private static List<Documentation> documentation(SourceCodeAnalysis analysis, String text) {
    List<Documentation> found = analysis.documentation(text, text.length(), true);
    if (found.isEmpty()) {
      String last = text.substring(Snippets.lastStart(analysis, text));
      found = analysis.documentation(last, last.length(), true);
    }
    return found;
  }

  private static DisplayData shown(List<Documentation> found) {
    DisplayData data = new DisplayData();
    data.putText(found.stream().map(Inspection::text).collect(Collectors.joining("\n\n")));
    data.putHTML(found.stream().map(Inspection::html).collect(Collectors.joining()));
    return data;
  }

  private static String text(Documentation found) {
    return (found.signature() + "\n" + Explanation.of(found)).strip();
  }

  private static String html(Documentation found) {
    String explanation = Html.escape(Explanation.of(found)).replace("\n", "<br>");
    return "<p><code>%s</code></p>%s"
        .formatted(
            Html.escape(found.signature()),
            explanation.isEmpty() ? "" : "<p>" + explanation + "</p>");
  }
}
