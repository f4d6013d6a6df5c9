package io.coppice.notebooks.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDManager;
import io.coppice.framework.display.Displayable;
import java.awt.image.BufferedImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that is shown, as a browser lays it out. The pictures stay in the target folder. */
class BrowserTest {

  /** What a page measures of itself; only this test's pages have a script. */
  private static final String MEASURE =
      """
      <script>
      addEventListener('load', () => {
        const wide = document.documentElement.scrollWidth - innerWidth;
        const root = document.querySelector('.coppice').getBoundingClientRect();
        const out = [...document.querySelectorAll('.coppice *')].filter(e =>
          e.tagName != 'STYLE' && !e.closest('.scroll') && !e.closest('svg')
          && e.getBoundingClientRect().right > root.right + 0.5).map(e => e.outerHTML.slice(0, 60));
        const images = [...document.images];
        const broken = images.filter(i => !(i.complete && i.naturalWidth > 0 && i.hasAttribute('alt')
          && i.getAttribute('width') > 0 && i.getAttribute('height') > 0)).length;
        const shown = images.filter(i => getComputedStyle(i).display != 'none').length;
        const asked = performance.getEntriesByType('resource').filter(r => !r.name.startsWith('data:'));
        const ground = getComputedStyle(document.querySelector('.coppice')).backgroundColor;
        const result = document.createElement('pre');
        result.id = 'measured';
        result.textContent = `wide=${Math.max(0, wide)};out=${out.length};broken=${broken};`
          + `images=${images.length};shown=${shown};asked=${asked.length};ground=${ground};`;
        document.body.append(result);
      });
      </script>
      """;

  private static final Path PICTURES = Path.of("target", "pictures");

  private static String page(String body, String fragment) {
    return "<!DOCTYPE html><html><head><meta charset=\"utf-8\"><meta name=\"color-scheme\""
        + " content=\"light dark\"></head><body "
        + body
        + ">\n"
        + fragment
        + MEASURE
        + "</body></html>";
  }

  private static Map<String, String> measured(String dump) {
    Matcher found = Pattern.compile("(?s)<pre id=\"measured\">(.*?)</pre>").matcher(dump);
    assertTrue(found.find(), "the page measured itself");
    return Arrays.stream(found.group(1).split(";"))
        .map(part -> part.split("=", 2))
        .collect(Collectors.toMap(part -> part[0], part -> part[1]));
  }

  private static Chromium chromium(Path scratch) {
    Optional<Path> program = Chromium.find();
    assumeTrue(program.isPresent(), "no chromium on the PATH: nothing is looked at in a browser");
    return new Chromium(program.get(), scratch);
  }

  @Test
  void nothingOverflowsAndNothingIsAskedFor(@TempDir Path scratch) throws Exception {
    Chromium chromium = chromium(scratch);
    try (NDManager manager = NDManager.newBaseManager()) {
      for (Map.Entry<String, Displayable> sample : Samples.all(manager).entrySet()) {
        Path file = scratch.resolve(sample.getKey() + ".html");
        Files.writeString(file, page("", sample.getValue().toHtml()));
        for (int width : new int[] {1000, 500}) {
          Map<String, String> light = measured(chromium.dump(file, false, width));
          String where = sample.getKey() + " at " + width + ": " + light;
          assertEquals("0", light.get("wide"), where);
          assertEquals("0", light.get("out"), where);
          assertEquals("0", light.get("broken"), where);
          assertEquals("0", light.get("asked"), where);
          assertEquals("rgb(255, 255, 255)", light.get("ground"), where);
        }
        Map<String, String> dark = measured(chromium.dump(file, true, 1000));
        assertEquals("rgb(22, 25, 30)", dark.get("ground"), sample.getKey());
      }
    }
  }

  @Test
  void notebooksSayWhetherTheyAreDark(@TempDir Path scratch) throws Exception {
    Chromium chromium = chromium(scratch);
    String fragment;
    try (NDManager manager = NDManager.newBaseManager()) {
      fragment = Samples.all(manager).get("small-mask").toHtml();
    }
    Map<String, Boolean> bodies =
        Map.of(
            "data-jp-theme-light=\"false\"", true,
            "data-jp-theme-light=\"true\"", false,
            "class=\"vscode-dark\"", true,
            "class=\"vscode-light\"", false,
            "class=\"notebook_app\"", false);
    for (Map.Entry<String, Boolean> body : bodies.entrySet()) {
      Path file = scratch.resolve("theme.html");
      Files.writeString(file, page(body.getKey(), fragment));
      for (boolean system : new boolean[] {false, true}) {
        Map<String, String> found = measured(chromium.dump(file, system, 1000));
        String ground = body.getValue() ? "rgb(22, 25, 30)" : "rgb(255, 255, 255)";
        assertEquals(ground, found.get("ground"), body.getKey());
        assertEquals("2", found.get("images"));
        assertEquals("1", found.get("shown"), "one picture for each theme");
      }
    }
  }

  @Test
  void isDrawn(@TempDir Path scratch) throws Exception {
    Chromium chromium = chromium(scratch);
    Files.createDirectories(PICTURES);
    try (NDManager manager = NDManager.newBaseManager()) {
      for (Map.Entry<String, Displayable> sample : Samples.all(manager).entrySet()) {
        Path file = scratch.resolve(sample.getKey() + ".html");
        Files.writeString(file, page("", sample.getValue().toHtml()).replace(MEASURE, ""));
        for (boolean dark : new boolean[] {false, true}) {
          Path png = PICTURES.resolve(sample.getKey() + (dark ? "-dark" : "-light") + ".png");
          Files.deleteIfExists(png);
          chromium.picture(file, dark, 1000, sample.getKey().equals("results") ? 1800 : 760, png);
          BufferedImage image = ImageIO.read(png.toFile());
          assertEquals(1000, image.getWidth());
          assertTrue(colours(image) > 20, sample.getKey() + " has text and colours");
        }
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
