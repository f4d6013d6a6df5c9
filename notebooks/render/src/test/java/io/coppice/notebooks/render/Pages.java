package io.coppice.notebooks.render;

import java.io.StringReader;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

/** Fragments of pages read back by a parser that forgives nothing. */
final class Pages {
  private Pages() {}

  static Document parsed(String fragment) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(fragment)));
  }
}
