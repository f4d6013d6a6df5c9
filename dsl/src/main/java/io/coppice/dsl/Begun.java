package io.coppice.dsl;

import io.coppice.framework.display.Displayable;
import io.coppice.framework.display.Html;
import io.coppice.framework.display.Sheet;
import io.coppice.framework.display.Wrapped;

/** A method as it is being said: shows what has been said so far and what must follow. */
interface Begun extends Displayable {

  /** The words that end the sentence, such as {@code keep(0.1)}. */
  String missing();

  /** What has been said, or nothing. */
  String said();

  private String words() {
    return (said().isEmpty() ? "N" : said() + "; n") + "ot yet a method: say " + missing();
  }

  @Override
  default String toText(int width) {
    return String.join("\n", Wrapped.lines(words(), width));
  }

  @Override
  default String toHtml() {
    return Sheet.fragment("<p>" + Html.escape(words()) + "</p>\n");
  }
}
