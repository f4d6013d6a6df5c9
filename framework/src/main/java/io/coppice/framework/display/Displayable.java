package io.coppice.framework.display;

/** What shows itself, on a page and in a terminal. */
public interface Displayable {

  /** Lines of at most {@code width} characters, or of what the text cannot do without. */
  String toText(int width);

  /** A part of a page with its own style; needs no script and no network. */
  String toHtml();
}
