package io.coppice.notebooks.kernel;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.Locale;

/** Cuts what no browser could show: a text after its first part, a page as a whole. */
final class DisplayLimit {
  static final int TEXT_CHARACTERS = 1_000_000;
  static final int HTML_CHARACTERS = 10_000_000;

  private DisplayLimit() {}

  /** The data as they are, or a copy that says what was cut and how large it was. */
  static DisplayData cut(DisplayData data) {
    int text = length(data, MIMEType.TEXT_PLAIN);
    int html = length(data, MIMEType.TEXT_HTML);
    if (text <= TEXT_CHARACTERS && html <= HTML_CHARACTERS) {
      return data;
    }
    DisplayData cut = new DisplayData();
    cut.assign(data);
    if (text > TEXT_CHARACTERS) {
      cut.putText(cut((String) data.getData(MIMEType.TEXT_PLAIN)));
    }
    if (html > HTML_CHARACTERS) {
      cut.putHTML(
          String.format(
              Locale.ROOT,
              "<p>[HTML of %,d characters is left out; at most %,d are shown]</p>",
              html,
              HTML_CHARACTERS));
    }
    return cut;
  }

  private static int length(DisplayData data, MIMEType type) {
    return data.getData(type) instanceof String text ? text.length() : 0;
  }

  /** The text as it is, or its first part and how long it was. */
  static String cut(String text) {
    if (text.length() <= TEXT_CHARACTERS) {
      return text;
    }
    boolean split = Character.isHighSurrogate(text.charAt(TEXT_CHARACTERS - 1));
    int end = split ? TEXT_CHARACTERS - 1 : TEXT_CHARACTERS;
    return text.substring(0, end)
        + String.format(
            Locale.ROOT, "\n[cut here after %,d of %,d characters]", end, text.length());
  }
}
