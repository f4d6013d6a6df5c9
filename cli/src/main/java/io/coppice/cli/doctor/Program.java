package io.coppice.cli.doctor;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** What other programs on this machine say of themselves. */
final class Program {
  private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;]*m");

  private Program() {}

  /** The first line that a command prints, plain; empty where it is absent, silent or fails. */
  static Optional<String> firstLine(String... command) {
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
      process.getOutputStream().close();
      try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
        Optional<String> first = out.lines().reduce((line, next) -> line);
        return process.waitFor() == 0
            ? first.map(line -> COLOURS.matcher(line).replaceAll(""))
            : Optional.empty();
      }
    } catch (IOException absent) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
