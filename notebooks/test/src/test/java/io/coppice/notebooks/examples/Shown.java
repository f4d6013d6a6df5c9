package io.coppice.notebooks.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * What a cell showed, held against what it promises.
 *
 * @param result a text per type, a PNG in base 64; empty where the cell has no result
 * @param displays the same for each display, as it was when the cell had ended
 * @param errors what came on the error stream
 */
record Shown(Map<String, String> result, List<Map<String, String>> displays, String errors) {
  private static final Pattern IN_PAGE = Pattern.compile("data:image/png;base64,([^\"]*)");
  private static final Pattern PROGRESS = Pattern.compile("(\\d+) of (\\d+) runs, (\\d+) %; (.*)");

  void keepsPromisesOf(JsonNode cell) throws IOException {
    String source = Notebook.source(cell);
    assertEquals("", errors, source);
    int pictures = 0;
    for (Map<String, String> data : parts()) {
      pictures += decoded(data, source);
    }
    if (Notebook.promises(cell, "table")) {
      assertTrue(result.getOrDefault("text/html", "").contains("<table"), "no table: " + source);
    }
    if (Notebook.promises(cell, "chart") || Notebook.promises(cell, "picture")) {
      assertTrue(pictures > 0, "no picture: " + source);
    }
    if (source.contains(".run()")) {
      assertFalse(progress().isEmpty(), "no progress: " + source);
    }
    for (MatchResult state : progress()) {
      assertEquals(state.group(2), state.group(1), source);
      assertEquals("100", state.group(3), source);
      assertTrue(state.group(4).endsWith(" in all"), () -> state.group() + ": " + source);
    }
  }

  private List<Map<String, String>> parts() {
    return Stream.concat(Stream.of(result), displays.stream()).toList();
  }

  /** The last word on each study that ran. */
  private List<MatchResult> progress() {
    return displays.stream()
        .flatMap(data -> PROGRESS.matcher(data.getOrDefault("text/plain", "")).results())
        .toList();
  }

  /** How many pictures the PNG itself and the page's part hold, all of which can be drawn. */
  private static int decoded(Map<String, String> data, String source) throws IOException {
    List<String> pictures = new ArrayList<>();
    Optional.ofNullable(data.get("image/png")).ifPresent(pictures::add);
    IN_PAGE
        .matcher(data.getOrDefault("text/html", ""))
        .results()
        .forEach(found -> pictures.add(found.group(1)));
    for (String picture : pictures) {
      byte[] png = Base64.getMimeDecoder().decode(picture);
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
      assertNotNull(image, "no PNG: " + source);
      assertTrue(image.getWidth() > 1 && image.getHeight() > 1, "a speck: " + source);
    }
    return pictures.size();
  }
}
