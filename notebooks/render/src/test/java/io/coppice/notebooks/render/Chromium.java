package io.coppice.notebooks.render;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A browser without a window. */
record Chromium(Path program, Path scratch) {
  private static final long SECONDS = 180;

  /** The page's elements after its scripts have run. */
  String dump(Path page, boolean dark, int width) throws Exception {
    return run(page, dark, width, 1000, "--dump-dom");
  }

  void picture(Path page, boolean dark, int width, int height, Path png) throws Exception {
    run(page, dark, width, height, "--screenshot=" + png.toAbsolutePath());
    if (!Files.exists(png)) {
      throw new IOException("no picture at " + png);
    }
  }

  private String run(Path page, boolean dark, int width, int height, String action)
      throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                program.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--user-data-dir=" + Files.createTempDirectory(scratch, "profile"),
                "--window-size=" + width + "," + height));
    if (dark) {
      command.add("--blink-settings=preferredColorScheme=0");
      command.add("--force-dark-mode");
    }
    command.add(action);
    command.add(page.toUri().toString());
    Path output = Files.createTempFile(scratch, "output", ".txt");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("chromium did not end: " + command);
    }
    return Files.readString(output, StandardCharsets.UTF_8);
  }
}
