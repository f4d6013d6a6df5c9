package io.coppice.framework.display;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** Fragments of pages read back by a parser that forgives nothing. */
public final class Pages {
  private Pages() {}

  /** The fragment's elements; throws where it is not well formed. */
  public static Document parsed(String fragment) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(fragment)));
  }

  /** The fragment without its pictures and style, where nothing may point elsewhere. */
  public static boolean needsNothing(String fragment) {
    String bare = fragment.replaceAll(" src=\"data:image/png;base64,[A-Za-z0-9+/=]+\"", "");
    return !bare.matches(
        "(?s).*(http|<script|@import|src=|srcset=|href=|url\\(|on\\w+=\"|NaN|null).*");
  }
}
