package io.coppice.notebooks.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.coppice.notebooks.kernel.CellListener;
import io.coppice.notebooks.kernel.CellResult;
import io.coppice.notebooks.kernel.CoppiceKernel;
import io.coppice.notebooks.kernel.Settings;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example notebook, from top to bottom in a kernel of its own, with no run stored yet. */
class ExamplesTest {
  /** Those that take less than 15 s. */
  private static final List<String> QUICK = List.of("1-five-minutes.ipynb");

  static List<String> quick() {
    return QUICK;
  }

  static List<String> slow() throws IOException {
    return Notebook.names().stream().filter(name -> !QUICK.contains(name)).toList();
  }

  @BeforeEach
  void forgetEarlierRuns() throws IOException {
    Path runs = Path.of("runs");
    if (Files.exists(runs)) {
      try (Stream<Path> files = Files.walk(runs)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("quick")
  void runs(String name) throws IOException {
    execute(name);
  }

  @Tag("slow")
  @ParameterizedTest
  @MethodSource("slow")
  void runsInAMinute(String name) throws IOException {
    execute(name);
  }

  private static void execute(String name) throws IOException {
    List<JsonNode> cells = Notebook.read(Notebook.folder().resolve(name)).codeCells();
    assertTrue(cells.stream().anyMatch(cell -> Notebook.promises(cell, "table")), name);
    try (CoppiceKernel kernel = new CoppiceKernel(Settings.plain("test"))) {
      int number = 0;
      for (JsonNode cell : cells) {
        CellResult result = kernel.execute(Notebook.source(cell), ++number, new Unheard());
        assertEquals(Optional.empty(), result.failure());
        Shown.keepsPromises(cell, result.value().map(ExamplesTest::texts).orElse(Map.of()));
      }
    }
  }

  private static Map<String, String> texts(DisplayData data) {
    Map<String, String> texts = new HashMap<>();
    for (MIMEType type : List.of(MIMEType.TEXT_PLAIN, MIMEType.TEXT_HTML, MIMEType.IMAGE_PNG)) {
      Optional.ofNullable(data.getData(type))
          .ifPresent(value -> texts.put(type.toString(), value.toString()));
    }
    return texts;
  }

  /** Progress and displays, which no test looks at. */
  private static final class Unheard implements CellListener {
    @Override
    public void stream(String name, String text) {}

    @Override
    public void display(DisplayData data) {}

    @Override
    public void update(DisplayData data) {}
  }
}
