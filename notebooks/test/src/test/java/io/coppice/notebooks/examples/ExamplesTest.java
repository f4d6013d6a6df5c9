package io.coppice.notebooks.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.coppice.cli.jupyter.Nbconvert;
import io.coppice.cli.jupyter.NotebookPages;
import io.coppice.notebooks.kernel.CellResult;
import io.coppice.notebooks.kernel.CoppiceKernel;
import io.coppice.notebooks.kernel.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every example notebook from top to bottom: in a kernel of its own with no run stored yet, then
 * through Jupyter with the runs that are stored by then, then as a page in a browser.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ExamplesTest {
  /** Those that take less than 15 s. */
  private static final List<String> QUICK = List.of("1-five-minutes.ipynb");

  private static final Duration LIMIT = Duration.ofSeconds(90);
  private static final Path RUNS = Path.of("runs");

  private final Set<String> executed = new HashSet<>();

  static List<String> quick() {
    return QUICK;
  }

  static List<String> slow() throws IOException {
    return Notebook.names().stream().filter(name -> !QUICK.contains(name)).toList();
  }

  static List<String> all() throws IOException {
    return Notebook.names();
  }

  @Order(1)
  @ParameterizedTest
  @MethodSource("quick")
  void runs(String name) throws IOException {
    execute(name);
  }

  @Tag("slow")
  @Order(2)
  @ParameterizedTest
  @MethodSource("slow")
  void runsInAMinute(String name) throws IOException {
    execute(name);
  }

  @Tag("slow")
  @Order(3)
  @ParameterizedTest
  @MethodSource("all")
  void jupyterShowsTheSameFromWhatIsStored(String name, @TempDir Path scratch) throws Exception {
    if (!executed.contains(name)) {
      execute(name);
    }
    Path folder = folder(name);
    Path given = folder.resolve(name);
    Files.copy(Notebook.folder().resolve(name), given);
    Map<Path, Object> stored = stored(folder);
    assertFalse(stored.isEmpty());
    Path outputs = scratch.resolve(name);
    try (Nbconvert nbconvert = ThisBuild.nbconvert()) {
      Duration spent = timed(() -> nbconvert.execute(given, outputs));
      say("%s through Jupyter, runs stored: %d s", name, spent.toSeconds());
      for (JsonNode cell : Notebook.read(outputs).codeCells()) {
        assertFalse(cell.path("execution_count").isNull(), Notebook.source(cell));
        Notebook.shown(cell).keepsPromisesOf(cell);
      }
      assertEquals(stored, stored(folder), "runs that were trained again");
      Path page = new NotebookPages(nbconvert).page(outputs, scratch);
      PageCheck.inBrowser(page, scratch.resolve("browser"));
    }
  }

  private void execute(String name) throws IOException {
    Folders.delete(RUNS);
    Folders.delete(folder(name));
    List<JsonNode> cells = Notebook.read(Notebook.folder().resolve(name)).codeCells();
    assertTrue(cells.stream().anyMatch(cell -> Notebook.promises(cell, "table")), name);
    Duration spent = timed(() -> execute(cells));
    say("%s in the kernel, nothing stored: %d s", name, spent.toSeconds());
    assertTrue(
        spent.compareTo(LIMIT) <= 0,
        () -> "%s takes %d s; allowed: %s".formatted(name, spent.toSeconds(), LIMIT));
    Files.createDirectories(folder(name));
    Files.move(RUNS, folder(name).resolve(RUNS));
    executed.add(name);
  }

  private static void execute(List<JsonNode> cells) throws IOException {
    try (CoppiceKernel kernel = new CoppiceKernel(Settings.plain("test"))) {
      int number = 0;
      for (JsonNode cell : cells) {
        Heard heard = new Heard();
        CellResult result = kernel.execute(Notebook.source(cell), ++number, heard);
        assertEquals(Optional.empty(), result.failure());
        heard.with(result).keepsPromisesOf(cell);
      }
    }
  }

  /** Where a notebook's runs lie once it has been executed. */
  private static Path folder(String name) {
    return Path.of(name.replace(".ipynb", ""));
  }

  /** When each result of a run was written. */
  private static Map<Path, Object> stored(Path folder) throws IOException {
    Map<Path, Object> times = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder.resolve(RUNS))) {
      for (Path file : files.filter(f -> f.endsWith("result.json")).toList()) {
        times.put(file, Files.getLastModifiedTime(file));
      }
    }
    return times;
  }

  private interface Work {
    void run() throws IOException;
  }

  private static Duration timed(Work work) throws IOException {
    long start = System.nanoTime();
    work.run();
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private static void say(String format, Object... values) {
    System.out.println("[examples] " + format.formatted(values));
  }
}
