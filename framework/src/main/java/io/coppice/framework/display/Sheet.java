package io.coppice.framework.display;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The look of everything that is shown as HTML: one style sheet, carried by each fragment, so that
 * nothing is needed beside it: no script, no file, no network. Light or dark is what the notebook
 * says, or else what the reader's system prefers.
 */
public final class Sheet {
  private static final String LIGHT_PAGES =
      "[data-jp-theme-light=true] %1$s,body.vscode-light %1$s,body.notebook_app %1$s";
  private static final String DARK_PAGES = "[data-jp-theme-light=false] %1$s,body.vscode-dark %1$s";

  private Sheet() {}

  /** A part of a page, with the style that it needs. */
  public static String fragment(String body) {
    return fragment("", "", body);
  }

  /**
   * A part of a page with rules of its own.
   *
   * @param kind a further CSS class, or an empty text
   * @param rules CSS after that of all fragments
   */
  public static String fragment(String kind, String rules, String body) {
    return "<div class=\"%s\">\n<style>\n%s%s</style>\n%s</div>\n"
        .formatted(
            ("coppice " + kind).strip(),
            colours(".coppice") + strong(css(Sheet.class, "page.css")),
            strong(rules),
            body);
  }

  /** Notebooks style tables by two classes; a class that is named twice outweighs them. */
  private static String strong(String rules) {
    return rules.replace(".coppice", ".coppice.coppice");
  }

  /** A whole page around a fragment. */
  public static String page(String title, String fragment) {
    return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>%s</title>
        <style>
        %sbody { margin: 0; background: var(--ground); }
        body > .coppice { margin: 0 auto; }
        </style>
        </head>
        <body>
        %s</body>
        </html>
        """
        .formatted(Html.escape(title), colours("body"), fragment);
  }

  /** The text of a style sheet beside a class. */
  public static String css(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String colours(String selector) {
    String light = "{" + Theme.LIGHT.css() + "}\n";
    String dark = "{" + Theme.DARK.css() + "}\n";
    return selector
        + light
        + "@media (prefers-color-scheme:dark){"
        + selector
        + dark.strip()
        + "}\n"
        + LIGHT_PAGES.formatted(selector)
        + light
        + DARK_PAGES.formatted(selector)
        + dark;
  }
}
