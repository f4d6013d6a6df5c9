package io.coppice.framework.display;

/** Text made safe for a page. */
public final class Html {
  private static final String UNSHOWABLE = "\uFFFD";

  private Html() {}

  /** Text as content or as a quoted attribute; what no page may hold becomes a question mark. */
  public static String escape(String text) {
    StringBuilder safe = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(
            c -> {
              switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> {
                  if (isShowable(c)) {
                    safe.appendCodePoint(c);
                  } else {
                    safe.append(UNSHOWABLE);
                  }
                }
              }
            });
    return safe.toString();
  }

  private static boolean isShowable(int c) {
    boolean control = Character.isISOControl(c) && c != '\t' && c != '\n' && c != '\r';
    boolean halfPair = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
    return !control && !halfPair && (c & 0xFFFE) != 0xFFFE;
  }
}
