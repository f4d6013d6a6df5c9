package io.coppice.notebooks.examples;

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
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/** What cells show, by type, held against what they promise. */
final class Shown {
  private static final Pattern IN_PAGE = Pattern.compile("data:image/png;base64,([^\"]*)");

  private Shown() {}

  /**
   * @param data a text per type; a PNG in base 64
   */
  static void keepsPromises(JsonNode cell, Map<String, String> data) throws IOException {
    String source = Notebook.source(cell);
    if (Notebook.promises(cell, "table")) {
      assertTrue(data.getOrDefault("text/html", "").contains("<table"), "no table: " + source);
    }
    List<String> pictures = pictures(data);
    if (Notebook.promises(cell, "chart")) {
      assertFalse(pictures.isEmpty(), "no picture: " + source);
    }
    for (String picture : pictures) {
      byte[] png = Base64.getMimeDecoder().decode(picture);
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
      assertNotNull(image, "no PNG: " + source);
      assertTrue(image.getWidth() > 1 && image.getHeight() > 1, "a speck: " + source);
    }
  }

  /** The PNG itself, and those within the page's part. */
  private static List<String> pictures(Map<String, String> data) {
    List<String> pictures = new ArrayList<>();
    Optional.ofNullable(data.get("image/png")).ifPresent(pictures::add);
    IN_PAGE
        .matcher(data.getOrDefault("text/html", ""))
        .results()
        .forEach(found -> pictures.add(found.group(1)));
    return pictures;
  }
}
