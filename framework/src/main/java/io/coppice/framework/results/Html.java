package io.coppice.framework.results;

/** Text made safe for a page. */
public final class Html {
  private Html() {}

  /** Text as content or as a quoted attribute. */
  public static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;")
        .replace("'", "&#39;");
  }
}
