package io.coppice.notebooks.kernel;

import io.coppice.framework.recipe.Require;
import io.coppice.notebooks.script.Script;
import io.github.spencerpark.jupyter.kernel.util.GlobFinder;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * What a user sets for a kernel, under the names that IJava gave these things.
 *
 * @param version Coppice's version
 * @param compilerOptions further options of the Java compiler
 * @param classPath jars and folders whose classes cells find
 * @param startUp scripts that run before the first cell
 * @param timeout after which a cell is interrupted
 */
public record Settings(
    String version,
    List<String> compilerOptions,
    List<Path> classPath,
    List<Script> startUp,
    Optional<Duration> timeout) {
  public Settings {
    compilerOptions = List.copyOf(compilerOptions);
    classPath = List.copyOf(classPath);
    startUp = List.copyOf(startUp);
  }

  /** Nothing but the framework. */
  public static Settings plain(String version) {
    return of(version, Map.of());
  }

  /**
   * The settings in {@code IJAVA_COMPILER_OPTS}, {@code IJAVA_CLASSPATH}, {@code
   * IJAVA_STARTUP_SCRIPTS_PATH}, {@code IJAVA_STARTUP_SCRIPT} and {@code IJAVA_TIMEOUT}.
   *
   * @throws UncheckedIOException when a start-up script cannot be read
   */
  public static Settings of(String version, Map<String, String> environment) {
    List<Script> startUp = new ArrayList<>();
    try {
      for (Path script : paths(environment.getOrDefault("IJAVA_STARTUP_SCRIPTS_PATH", ""))) {
        startUp.add(Script.read(script));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String inline = environment.getOrDefault("IJAVA_STARTUP_SCRIPT", "");
    if (!inline.isBlank()) {
      startUp.add(new Script("IJAVA_STARTUP_SCRIPT", inline));
    }
    String options = environment.getOrDefault("IJAVA_COMPILER_OPTS", "");
    return new Settings(
        version,
        options.isBlank() ? List.of() : MagicCall.split(options),
        paths(environment.getOrDefault("IJAVA_CLASSPATH", "")),
        startUp,
        timeout(environment.getOrDefault("IJAVA_TIMEOUT", "-1").strip()));
  }

  private static List<Path> paths(String list) {
    List<Path> paths = new ArrayList<>();
    for (String glob : list.split(File.pathSeparator)) {
      if (!glob.isBlank()) {
        paths.addAll(matching(glob.strip()));
      }
    }
    return paths;
  }

  /** What is at a path that may hold {@code *} and {@code ?}. */
  static List<Path> matching(String glob) {
    List<Path> found = new ArrayList<>();
    try {
      new GlobFinder(glob).computeMatchingPaths().forEach(found::add);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return found.stream().sorted().toList();
  }

  private static Optional<Duration> timeout(String text) {
    String[] words = text.split("\\s+");
    Require.that(
        words[0].matches("-?\\d{1,12}") && words.length <= 2,
        "IJAVA_TIMEOUT",
        text,
        "milliseconds, or a number and a unit such as SECONDS");
    long length = Long.parseLong(words[0]);
    TimeUnit unit =
        words.length == 1
            ? TimeUnit.MILLISECONDS
            : TimeUnit.valueOf(words[1].toUpperCase(Locale.ROOT));
    return length < 1 ? Optional.empty() : Optional.of(Duration.of(length, unit.toChronoUnit()));
  }
}
