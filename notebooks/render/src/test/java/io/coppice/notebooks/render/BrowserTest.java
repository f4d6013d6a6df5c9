package io.coppice.notebooks.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import io.coppice.framework.display.Sheet;
import io.coppice.framework.display.Theme;
import io.coppice.testing.Needs;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that is shown, as a browser lays it out. The pictures stay in the target folder. */
class BrowserTest {

  /** What a page measures of each part of itself; only this test's pages have a script. */
  private static final String MEASURE =
"""
<script>
const forms = root => [...root.querySelectorAll('table, th, td, h2, p, img')].map(e => {
  const s = getComputedStyle(e);
  return [e.tagName, s.textAlign, s.verticalAlign, s.fontSize, s.fontWeight, s.lineHeight,
    s.padding, s.margin, s.whiteSpace, s.tableLayout, s.color, s.backgroundColor,
    s.borderTopWidth, s.borderBottomWidth].join(',');
}).join(';').replaceAll(' ', '');
addEventListener('load', () => {
  const lines = [...document.querySelectorAll('section')].map(section => {
    const root = section.querySelector('.coppice');
    const edge = Math.min(root.getBoundingClientRect().right, innerWidth) + 0.5;
    const out = [root, ...root.querySelectorAll('*')].filter(e =>
      e.tagName != 'STYLE' && !e.closest('.scroll *') && !e.closest('svg *')
      && e.getBoundingClientRect().right > edge);
    const images = [...root.querySelectorAll('img')];
    const broken = images.filter(i => !(i.complete && i.naturalWidth > 0 && i.alt
      && i.getAttribute('width') > 0 && i.getAttribute('height') > 0));
    const unnamed = [...root.querySelectorAll('svg')].filter(s => !s.getAttribute('aria-label'));
    const shown = images.filter(i => getComputedStyle(i).display != 'none');
    return `${section.id} out=${out.length} broken=${broken.length} unnamed=${unnamed.length}`
      + ` shown=${shown.length}/${images.length} asked=${asked}`
      + ` form=${forms(root)} ground=${getComputedStyle(root).backgroundColor.replaceAll(' ', '')}`;
  });
  const result = document.createElement('pre');
  result.id = 'measured';
  result.textContent = lines.join('\\n');
  document.body.append(result);
});
</script>
""";

  /** Whatever would be loaded is refused and counted. */
  private static final String COUNTED =
      """
      <script>
      let asked = 0;
      addEventListener('securitypolicyviolation', () => asked++);
      </script>
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:;
        style-src 'unsafe-inline'; script-src 'unsafe-inline'">
      """;

  private static final String LIGHT = "rgb(255,255,255)";
  private static final String DARK = "rgb(22,25,30)";
  private static final Path PICTURES = Path.of("target", "pictures");

  private static String page(String body, Map<String, String> fragments) {
    StringBuilder sections = new StringBuilder();
    fragments.forEach(
        (name, html) ->
            sections.append("<section id=\"%s\">\n%s</section>\n".formatted(name, html)));
    return "<!DOCTYPE html><html><head><meta charset=\"utf-8\">"
        + "<meta name=\"color-scheme\" content=\"light dark\">"
        + COUNTED
        + "</head><body "
        + body
        + ">\n"
        + sections
        + "</body></html>";
  }

  private static Map<String, String> samples() {
    try (NDManager manager = NDManager.newBaseManager()) {
      Map<String, String> html = new LinkedHashMap<>();
      Samples.all(manager).forEach((name, sample) -> html.put(name, sample.toHtml()));
      return html;
    }
  }

  private static List<String> measured(Chromium chromium, String page, boolean dark, int width)
      throws Exception {
    Path file = chromium.scratch().resolve("page.html");
    Files.writeString(file, page.replace("</body>", MEASURE + "</body>"));
    String dump = chromium.dump(file, dark, width);
    Matcher found = Pattern.compile("(?s)<pre id=\"measured\">(.*?)</pre>").matcher(dump);
    assertTrue(found.find(), "the page measured itself");
    return found.group(1).lines().toList();
  }

  private static Chromium chromium(Path scratch) {
    Path program = Needs.program("chromium", "chromium", "chromium-browser", "google-chrome");
    return new Chromium(program, scratch);
  }

  @Test
  void nothingOverflowsAndNothingIsAskedFor(@TempDir Path scratch) throws Exception {
    Chromium chromium = chromium(scratch);
    Map<String, String> samples = samples();
    String page = page("", samples);
    for (int width : new int[] {1000, 500}) {
      for (boolean dark : new boolean[] {false, true}) {
        List<String> lines = measured(chromium, page, dark, width);
        assertEquals(samples.size(), lines.size());
        for (String line : lines) {
          assertTrue(
              line.contains(" out=0 broken=0 unnamed=0 ")
                  && line.contains(" asked=0 ")
                  && line.endsWith(" ground=" + (dark ? DARK : LIGHT)),
              line + ", " + width + " pixels wide");
        }
      }
    }
  }

  @Test
  void theMeasureSeesWhatIsWrong(@TempDir Path scratch) throws Exception {
    String wrong =
        "<div class=\"coppice\"><p style=\"width:3000px\">wide</p><svg></svg>"
            + "<img alt=\"none\" src=\"data:image/png;base64,AAAA\" width=\"5\" height=\"5\"/>"
            + "<img src=\"missing.png\"/></div>";
    String line = measured(chromium(scratch), page("", Map.of("wrong", wrong)), false, 800).get(0);
    assertTrue(line.contains(" out=1 broken=2 unnamed=1 "), line);
    assertTrue(line.contains(" asked=1 "), line);
  }

  @Test
  void notebooksSayWhetherTheyAreDark(@TempDir Path scratch) throws Exception {
    Chromium chromium = chromium(scratch);
    Map<String, String> mask = Map.of("mask", samples().get("small-mask"));
    Map<String, Boolean> bodies =
        Map.of(
            "data-jp-theme-light=\"false\"", true,
            "data-jp-theme-light=\"true\"", false,
            "class=\"vscode-dark\"", true,
            "class=\"notebook_app\"", false);
    for (Map.Entry<String, Boolean> body : bodies.entrySet()) {
      boolean dark = body.getValue();
      String line = measured(chromium, page(body.getKey(), mask), !dark, 1000).get(0);
      assertTrue(line.endsWith("ground=" + (dark ? DARK : LIGHT)), body.getKey() + ": " + line);
      assertTrue(line.contains(" shown=1/2 "), "one picture for each theme: " + line);
    }
  }

  /** As Jupyter's pages have them, old and new, with their weights. */
  private static final String NOTEBOOK_RULES =
      """
      <style>
      .jp-Common table, .old table { table-layout: fixed; font-size: 9px; margin: 0 auto 1em; }
      :not(.jp-Markdown).jp-Common td, :not(.jp-Markdown).jp-Common th { text-align: right; }
      .jp-Common td, .jp-Common th, .old td, .old th, .old tr { text-align: right; padding: 0.5em;
        line-height: normal; white-space: normal; vertical-align: top; border: none; }
      .jp-Common th { font-weight: bold; }
      .jp-Common thead, .old thead { border-bottom: 3px solid black; vertical-align: bottom; }
      .jp-Common tbody tr:nth-child(odd), .old tbody tr:nth-child(odd) { background: gray; }
      .jp-Common p, .old * + p, .old p { margin: 0 0 1em; }
      .jp-Common h2:first-child, .jp-Common h2, .old h2 { margin: 2em; line-height: 3; }
      .old img, .old * + img { display: block; margin: 1em; }
      </style>
      """;

  @Test
  void aNotebooksOwnRulesChangeNothing(@TempDir Path scratch) throws Exception {
    Chromium chromium = chromium(scratch);
    String page = page("", samples());
    List<String> alone = measured(chromium, page, false, 1000);
    for (String kind : List.of("jp-Common", "old")) {
      String within =
          page.replace("</head>", NOTEBOOK_RULES + "</head>")
              .replace("<section ", "<section class=\"" + kind + "\" ");
      assertEquals(alone, measured(chromium, within, false, 1000), kind);
    }
  }

  @Test
  void isDrawn(@TempDir Path scratch) throws Exception {
    Chromium chromium = chromium(scratch);
    Files.createDirectories(PICTURES);
    Path file = scratch.resolve("page.html");
    Files.writeString(file, page("", samples()));
    for (boolean dark : new boolean[] {false, true}) {
      Path png = PICTURES.resolve(dark ? "dark.png" : "light.png");
      Files.deleteIfExists(png);
      chromium.picture(file, dark, 1000, 15000, png);
      BufferedImage image = ImageIO.read(png.toFile());
      assertEquals(1000, image.getWidth());
      assertTrue(colours(image) > 100, "text and colours");
    }
  }

  @Test
  void aShadowSaysWhereATableGoesOn(@TempDir Path scratch) throws Exception {
    Chromium chromium = chromium(scratch);
    String table =
        "<div class=\"scroll\"><table><tr><td style=\"min-width:%dpx;height:200px\"></td></tr>"
            + "</table></div>";
    Map<String, String> tables = new LinkedHashMap<>();
    tables.put("wide", Sheet.fragment(table.formatted(2000)));
    tables.put("narrow", Sheet.fragment(table.formatted(100)));
    Path file = scratch.resolve("page.html");
    Files.writeString(file, page("style=\"margin:0\"", tables));
    for (boolean dark : new boolean[] {false, true}) {
      Path png = scratch.resolve(dark + ".png");
      chromium.picture(file, dark, 500, 600, png);
      BufferedImage image = ImageIO.read(png.toFile());
      int ground = (dark ? Theme.DARK : Theme.LIGHT).ground().getRGB();
      int padding = 18;
      assertEquals(ground, image.getRGB(padding + 1, 100), "the wide table's beginning");
      assertNotEquals(ground, image.getRGB(500 - padding - 1, 100), "where it goes on");
      for (int x = padding; x < padding + 100; x++) {
        assertEquals(ground, image.getRGB(x, 350), "the narrow table at " + x);
      }
    }
  }

  private static long colours(BufferedImage image) {
    return IntStream.range(0, image.getHeight())
        .flatMap(y -> IntStream.range(0, image.getWidth()).map(x -> image.getRGB(x, y)))
        .distinct()
        .count();
  }
}
