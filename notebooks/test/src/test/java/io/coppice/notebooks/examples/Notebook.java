package io.coppice.notebooks.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A notebook as its file holds it. */
record Notebook(JsonNode json) {

  /** The folder of the example notebooks. */
  static Path folder() {
    return Path.of(System.getProperty("notebooks.folder")).toAbsolutePath().normalize();
  }

  /** The names of the example notebooks, in their order. */
  static List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".ipynb"))
          .sorted()
          .toList();
    }
  }

  static Notebook read(Path file) throws IOException {
    return new Notebook(new ObjectMapper().readTree(Files.readAllBytes(file)));
  }

  List<JsonNode> cells() {
    return stream(json.path("cells")).toList();
  }

  List<JsonNode> codeCells() {
    return cells().stream().filter(cell -> cell.path("cell_type").asText().equals("code")).toList();
  }

  static String source(JsonNode cell) {
    return text(cell.path("source"));
  }

  /** Whether a cell promises to show such a thing, such as {@code table} or {@code chart}. */
  static boolean promises(JsonNode cell, String tag) {
    return stream(cell.path("metadata").path("tags")).anyMatch(text -> text.asText().equals(tag));
  }

  /** What a cell of an executed notebook shows. */
  static Shown shown(JsonNode cell) {
    Map<String, String> result = Map.of();
    List<Map<String, String>> displays = new ArrayList<>();
    StringBuilder errors = new StringBuilder();
    for (JsonNode output : cell.path("outputs")) {
      switch (output.path("output_type").asText()) {
        case "execute_result" -> result = texts(output.path("data"));
        case "display_data" -> displays.add(texts(output.path("data")));
        case "stream" -> {
          if (output.path("name").asText().equals("stderr")) {
            errors.append(text(output.path("text")));
          }
        }
        default -> errors.append(output);
      }
    }
    return new Shown(result, displays, errors.toString());
  }

  private static Map<String, String> texts(JsonNode data) {
    Map<String, String> texts = new HashMap<>();
    data.fields().forEachRemaining(entry -> texts.put(entry.getKey(), text(entry.getValue())));
    return texts;
  }

  /** A text that a file holds whole or by lines. */
  private static String text(JsonNode text) {
    return text.isArray()
        ? String.join("", stream(text).map(JsonNode::asText).toList())
        : text.asText();
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
