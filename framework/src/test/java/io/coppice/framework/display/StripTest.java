package io.coppice.framework.display;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

class StripTest {
  private static final Strip STRIP =
      new Strip(
          "two <pictures>",
          "a note",
          List.of(
              new Strip.Panel("left", new Raster(2, 2, i -> i == 0 ? 1 : 0)),
              new Strip.Panel("right", new Raster(30, 400, i -> i % 2))));

  @Test
  void panelsStandSideBySideWhereTheyFit() {
    assertEquals(
        """
        two <pictures>
        ┌──┐                    ┌────────────────────┐
        │█ │                    │▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒│
        │  │                    │▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒│\
        """,
        String.join("\n", STRIP.toText(46).lines().limit(4).toList()));
    for (int width : new int[] {24, 45, 100}) {
      assertTrue(STRIP.toText(width).lines().allMatch(line -> line.length() <= width));
    }
    assertTrue(STRIP.toText(45).lines().count() > STRIP.toText(46).lines().count());
  }

  @Test
  void eachPanelHasItsWordsForBothThemes() throws Exception {
    NodeList images = Pages.parsed(STRIP.toHtml()).getElementsByTagName("img");
    assertEquals(4, images.getLength());
    assertEquals("two <pictures>, left", ((Element) images.item(0)).getAttribute("alt"));
    assertTrue(Pages.needsNothing(STRIP.toHtml()));
  }
}
