package io.coppice.framework.storage;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** The machine's processor, for what is true of one kind only. */
public final class Processor {
  private static final Path LINUX = Path.of("/proc/cpuinfo");

  private Processor() {}

  /** Its model's name, or at least its family's. */
  public static String model() {
    return onLinux()
        .or(() -> Optional.ofNullable(System.getenv("PROCESSOR_IDENTIFIER")))
        .orElse(System.getProperty("os.arch"));
  }

  private static Optional<String> onLinux() {
    try {
      return new String(AtomicFile.read(LINUX), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst();
    } catch (IOException notLinux) {
      return Optional.empty();
    }
  }

  /** How many of its cores this process may use. */
  public static int cores() {
    return Runtime.getRuntime().availableProcessors();
  }
}
