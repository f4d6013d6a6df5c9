package io.coppice.notebooks.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
    return String.join("", stream(cell.path("source")).map(JsonNode::asText).toList());
  }

  /** Whether a cell promises to show such a thing, such as {@code table} or {@code chart}. */
  static boolean promises(JsonNode cell, String tag) {
    return stream(cell.path("metadata").path("tags")).anyMatch(text -> text.asText().equals(tag));
  }

  private static Stream<JsonNode> stream(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false);
  }
}
