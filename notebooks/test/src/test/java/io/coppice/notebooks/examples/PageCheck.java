package io.coppice.notebooks.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** A notebook's page as a browser lays it out, wide and narrow, light and dark. */
final class PageCheck {
  private static final Path PICTURES = Path.of("..", "pictures");

  private PageCheck() {}

  /**
   * How far the page is wider than its window, and the pictures that lack something.
   *
   * @param pictures which of the page's elements are looked at
   */
  static JsonNode measured(Browser browser, String pictures) throws Exception {
    return browser.value(
        """
        (() => {
          const images = [...document.querySelectorAll('%s')];
          return {
            over: document.documentElement.scrollWidth - document.documentElement.clientWidth,
            images: images.length,
            broken: images
              .filter(i => !(i.complete && i.naturalWidth > 0 && i.alt
                && i.getAttribute('width') > 0 && i.getAttribute('height') > 0))
              .map(i => i.outerHTML.slice(0, 200)),
            ground: getComputedStyle(document.body).backgroundColor
          };
        })()
        """
            .formatted(pictures));
  }

  /** Checks the page, and leaves its pictures in the target folder. */
  static void inBrowser(Path page, Path profile) throws Exception {
    URI address = page.toUri();
    try (Browser browser = new Browser(profile)) {
      browser.open(address);
      for (int width : List.of(1000, 500)) {
        String light = looksRight(browser, page, width, false);
        String dark = looksRight(browser, page, width, true);
        assertNotEquals(light, dark, page + " is never dark");
      }
      assertEquals(Set.of(address), Set.copyOf(browser.asked()));
    }
  }

  private static String looksRight(Browser browser, Path page, int width, boolean dark)
      throws Exception {
    browser.look(width, 1000, dark);
    String name =
        page.getFileName().toString().replace(".html", "")
            + "-%d-%s.png".formatted(width, dark ? "dark" : "light");
    browser.picture(PICTURES.resolve(name));
    JsonNode measured = measured(browser, "img");
    assertEquals(0, measured.path("over").asInt(), name);
    assertEquals("[]", measured.path("broken").toString(), name);
    assertNotEquals(0, measured.path("images").asInt(), name);
    return measured.path("ground").asText();
  }
}
