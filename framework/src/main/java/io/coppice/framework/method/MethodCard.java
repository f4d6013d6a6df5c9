package io.coppice.framework.method;

import io.coppice.framework.display.Displayable;
import io.coppice.framework.display.Facts;
import io.coppice.framework.display.Html;
import io.coppice.framework.display.Sheet;
import io.coppice.framework.display.Wrapped;
import io.coppice.framework.recipe.InWords;
import java.util.LinkedHashMap;
import java.util.Map;

/** A method with every part of its recipe, those too that are absent or zero. */
record MethodCard(Method method) implements Displayable {

  private Facts facts() {
    Method recipe = method instanceof Labelled labelled ? labelled.method() : method;
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("method", InWords.kind(recipe));
    if (recipe instanceof Record parts) {
      facts.putAll(InWords.parts(parts));
    }
    return new Facts(facts);
  }

  @Override
  public String toText(int width) {
    String title = String.join("\n", Wrapped.lines(method.name(), width));
    return title + "\n\n" + facts().toText(width).stripTrailing();
  }

  @Override
  public String toHtml() {
    return Sheet.fragment("<h2>" + Html.escape(method.name()) + "</h2>\n" + facts().toHtml());
  }
}
