package io.coppice.notebooks.examples;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.coppice.testing.Needs;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** Chromium without a window and its one page, driven over the DevTools protocol. */
final class Browser implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Path profile;
  private final Process process;
  private final DevTools page;

  /**
   * Starts the browser.
   *
   * @param profile a folder for all that it writes
   */
  Browser(Path profile) throws Exception {
    Path program = Needs.program("chromium", "chromium", "chromium-browser", "google-chrome");
    this.profile = Files.createDirectories(profile);
    process =
        new ProcessBuilder(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--no-first-run",
                "--hide-scrollbars",
                "--remote-debugging-port=0",
                "--user-data-dir=" + profile.toAbsolutePath(),
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(profile.resolve("log").toFile())
            .start();
    try {
      page = new DevTools(pageAt(port(profile)));
      page.call("Page.enable", Map.of());
      page.call("Network.enable", Map.of());
    } catch (Exception e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static int port(Path profile) throws Exception {
    Path file = profile.resolve("DevToolsActivePort");
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!Files.exists(file) || Files.readAllLines(file).size() < 2) {
      assertTrue(System.nanoTime() < end, "chromium does not start; see " + profile);
      Thread.sleep(50);
    }
    return Integer.parseInt(Files.readAllLines(file).get(0));
  }

  private static URI pageAt(int port) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list")).build();
    String targets =
        HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    for (JsonNode target : new ObjectMapper().readTree(targets)) {
      if (target.path("type").asText().equals("page")) {
        return URI.create(target.path("webSocketDebuggerUrl").asText());
      }
    }
    throw new IOException("chromium has no page: " + targets);
  }

  /** Sets the page's width and height in CSS pixels, and what the reader's system prefers. */
  void look(int width, int height, boolean dark) throws Exception {
    page.call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", false));
    page.call(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"))));
  }

  void open(URI address) throws Exception {
    JsonNode answer = page.call("Page.navigate", Map.of("url", address.toString()));
    assertFalse(answer.has("errorText"), () -> address + ": " + answer);
    await("document.readyState == 'complete'", PATIENCE);
  }

  /** The value of an expression of the page's language. */
  JsonNode value(String expression) throws Exception {
    JsonNode answer =
        page.call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true));
    assertFalse(answer.has("exceptionDetails"), () -> expression + ": " + answer);
    return answer.at("/result/value");
  }

  /** Waits until an expression is true. */
  void await(String expression, Duration patience) throws Exception {
    long end = System.nanoTime() + patience.toNanos();
    while (!value("Boolean(" + expression + ")").asBoolean()) {
      assertTrue(System.nanoTime() < end, "in vain waited for " + expression);
      Thread.sleep(50);
    }
  }

  /** Draws the whole page, as far down as it goes, into a PNG file. */
  void picture(Path png) throws Exception {
    JsonNode size = page.call("Page.getLayoutMetrics", Map.of()).path("cssContentSize");
    Map<String, Object> clip =
        Map.of(
            "x", 0,
            "y", 0,
            "width", size.path("width").asDouble(),
            "height", size.path("height").asDouble(),
            "scale", 1);
    JsonNode answer =
        page.call("Page.captureScreenshot", Map.of("captureBeyondViewport", true, "clip", clip));
    Files.createDirectories(png.getParent());
    Files.write(png, Base64.getDecoder().decode(answer.path("data").asText()));
  }

  /** What the page has asked for since the browser was started, but what it holds itself. */
  List<URI> asked() {
    return page.asked();
  }

  @Override
  public void close() throws Exception {
    page.close();
    List<ProcessHandle> helpers = process.descendants().toList();
    process.destroy();
    process.waitFor();
    helpers.forEach(helper -> helper.onExit().join());
    Folders.delete(profile);
  }
}
