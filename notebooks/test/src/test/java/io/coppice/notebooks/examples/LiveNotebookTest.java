package io.coppice.notebooks.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.coppice.testing.Needs;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The first notebook in Jupyter's own page, while it trains and after. */
@Tag("slow")
@EnabledOnOs(OS.LINUX)
class LiveNotebookTest {
  private static final String NAME = "1-five-minutes.ipynb";
  private static final String TOKEN = "known-to-the-browser";
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Path PICTURES = Path.of("..", "pictures");
  private static final int WIDTH = 1200;

  /** What the whole notebook needs, which scrolls within its page. */
  private static final String HEIGHT =
      "document.querySelector('#header').offsetHeight"
          + " + document.querySelector('#site').scrollHeight";

  /** How far each output is wider than its place. */
  private static final String OVER =
      "[...document.querySelectorAll('.output_subarea')]"
          + ".map(e => e.scrollWidth - e.clientWidth).filter(over => over > 0).length";

  private static final String IDLE =
      "!Jupyter.notebook.kernel_busy && Jupyter.notebook.get_cells()"
          + ".every(c => c.cell_type != 'code' || c.input_prompt_number > 0)";

  @TempDir Path folder;

  private Process jupyter(int port) throws Exception {
    Needs.program("jupyter-notebook", "jupyter-notebook");
    Path notebooks = Files.createDirectories(folder.resolve("notebooks"));
    Files.copy(Notebook.folder().resolve(NAME), notebooks.resolve(NAME));
    ProcessBuilder builder =
        ThisBuild.launcher(
            folder, "notebook", "--no-browser", "--port=" + port, notebooks.toString());
    builder.environment().put("HOME", folder.toString());
    builder.environment().put("JUPYTER_DATA_DIR", folder.resolve("data").toString());
    builder.environment().put("JUPYTER_CONFIG_DIR", folder.resolve("config").toString());
    builder.environment().put("JUPYTER_RUNTIME_DIR", folder.resolve("runtime").toString());
    builder.environment().put("JUPYTER_TOKEN", TOKEN);
    return builder
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("jupyter.log").toFile())
        .start();
  }

  private void awaitServing(Process jupyter, int port) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    Path log = folder.resolve("jupyter.log");
    while (!Files.readString(log).contains("http://127.0.0.1:" + port)) {
      assertTrue(jupyter.isAlive() && System.nanoTime() < end, Files.readString(log));
      Thread.sleep(100);
    }
  }

  private static int freePort() throws Exception {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void showsProgressAndResultsFromThisMachineAlone() throws Exception {
    int port = freePort();
    Process jupyter = jupyter(port);
    try (Browser browser = new Browser(folder.resolve("browser"))) {
      awaitServing(jupyter, port);
      browser.look(WIDTH, 1000, false);
      browser.open(
          URI.create("http://127.0.0.1:%d/notebooks/%s?token=%s".formatted(port, NAME, TOKEN)));
      browser.await(
          "window.Jupyter && Jupyter.notebook && Jupyter.notebook.kernel"
              + " && Jupyter.notebook.kernel.is_connected() && !Jupyter.notebook.kernel_busy",
          PATIENCE);
      browser.value("Jupyter.notebook.execute_all_cells()");
      browser.await("document.body.innerText.includes(' so far, about ')", PATIENCE);
      pictures(browser, "training");
      browser.await(IDLE, PATIENCE);
      pictures(browser, "trained");
      assertTrue(browser.value("document.body.innerText.includes(' in all')").asBoolean());
      for (String no : List.of(".output_error", ".output_scroll")) {
        assertEquals(0, browser.value("document.querySelectorAll('" + no + "').length").asInt());
      }
      for (URI asked : browser.asked()) {
        assertEquals("127.0.0.1:" + port, asked.getAuthority(), asked.toString());
      }
    } finally {
      jupyter.destroy();
      assertTrue(jupyter.waitFor(60, TimeUnit.SECONDS));
    }
  }

  private static void pictures(Browser browser, String name) throws Exception {
    for (boolean dark : new boolean[] {false, true}) {
      browser.look(WIDTH, browser.value(HEIGHT).asInt(), dark);
      browser.picture(PICTURES.resolve("live-" + name + (dark ? "-dark.png" : "-light.png")));
      JsonNode measured = PageCheck.measured(browser, ".output img");
      assertEquals("[]", measured.path("broken").toString(), name);
      assertEquals(0, measured.path("over").asInt(), name);
      assertEquals(0, browser.value(OVER).asInt(), name);
    }
  }
}
