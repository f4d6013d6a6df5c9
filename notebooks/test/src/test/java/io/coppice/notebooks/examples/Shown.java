package io.coppice.notebooks.examples;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import javax.imageio.ImageIO;

/** What cells show, by type, held against what they promise. */
final class Shown {
  private Shown() {}

  /**
   * @param data a text per type; a PNG in base 64
   */
  static void keepsPromises(JsonNode cell, Map<String, String> data) throws IOException {
    String source = Notebook.source(cell);
    if (Notebook.promises(cell, "table")) {
      assertTrue(data.getOrDefault("text/html", "").contains("<table"), "no table: " + source);
    }
    if (Notebook.promises(cell, "chart")) {
      assertNotNull(data.get("image/png"), "no picture: " + source);
    }
    if (data.containsKey("image/png")) {
      byte[] png = Base64.getMimeDecoder().decode(data.get("image/png"));
      BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
      assertNotNull(picture, "no PNG: " + source);
      assertTrue(picture.getWidth() > 100 && picture.getHeight() > 100, "a speck: " + source);
    }
  }
}
