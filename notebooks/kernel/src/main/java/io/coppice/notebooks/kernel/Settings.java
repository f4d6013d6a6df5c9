package io.coppice.notebooks.kernel;

import io.coppice.framework.recipe.RecipeException;
import io.coppice.notebooks.script.Script;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a user sets for a kernel, under the names that IJava gave these things.
 *
 * @param version Coppice's version
 * @param compilerOptions further options of the Java compiler
 * @param classPath jars and folders whose classes cells find
 * @param startUp scripts that run before the first cell
 * @param timeout after which a cell is interrupted
 * @param problems what of this was not understood and is left out, a line each
 */
public record Settings(
    String version,
    List<String> compilerOptions,
    List<Path> classPath,
    List<Script> startUp,
    Optional<Duration> timeout,
    List<String> problems) {
  private static final Pattern TIMEOUT =
      Pattern.compile(
          "(-?\\d{1,10})(?:\\s+("
              + Stream.of(TimeUnit.values()).map(TimeUnit::name).collect(Collectors.joining("|"))
              + "))?");

  public Settings {
    compilerOptions = List.copyOf(compilerOptions);
    classPath = List.copyOf(classPath);
    startUp = List.copyOf(startUp);
    problems = List.copyOf(problems);
  }

  /** Nothing but the framework. */
  public static Settings plain(String version) {
    return of(version, Map.of());
  }

  /**
   * The settings in {@code IJAVA_COMPILER_OPTS}, {@code IJAVA_CLASSPATH}, {@code
   * IJAVA_STARTUP_SCRIPTS_PATH}, {@code IJAVA_STARTUP_SCRIPT} and {@code IJAVA_TIMEOUT}.
   */
  public static Settings of(String version, Map<String, String> environment) {
    List<String> problems = new ArrayList<>();
    List<Script> startUp = new ArrayList<>();
    for (Path script : paths("IJAVA_STARTUP_SCRIPTS_PATH", environment, problems)) {
      try {
        startUp.add(Script.read(script));
      } catch (IOException e) {
        problems.add("IJAVA_STARTUP_SCRIPTS_PATH: %s is not read: %s".formatted(script, e));
      }
    }
    String inline = environment.getOrDefault("IJAVA_STARTUP_SCRIPT", "");
    if (!inline.isBlank()) {
      startUp.add(new Script("IJAVA_STARTUP_SCRIPT", inline));
    }
    String options = environment.getOrDefault("IJAVA_COMPILER_OPTS", "");
    return new Settings(
        version,
        MagicCall.split(options),
        paths("IJAVA_CLASSPATH", environment, problems),
        startUp,
        timeout(environment.getOrDefault("IJAVA_TIMEOUT", "-1").strip(), problems),
        problems);
  }

  private static List<Path> paths(
      String name, Map<String, String> environment, List<String> problems) {
    List<Path> paths = new ArrayList<>();
    for (String glob : environment.getOrDefault(name, "").split(File.pathSeparator)) {
      if (!glob.isBlank()) {
        List<Path> found = Globs.matching(glob.strip());
        if (found.isEmpty()) {
          problems.add(RecipeException.of(name, glob, "paths to what exists").getMessage());
        }
        paths.addAll(found);
      }
    }
    return paths;
  }

  private static Optional<Duration> timeout(String text, List<String> problems) {
    Matcher words = TIMEOUT.matcher(text.toUpperCase(Locale.ROOT));
    if (!words.matches()) {
      problems.add(
          RecipeException.of(
                  "IJAVA_TIMEOUT", text, "milliseconds, or a number and a unit such as SECONDS")
              .getMessage());
      return Optional.empty();
    }
    long length = Long.parseLong(words.group(1));
    TimeUnit unit =
        words.group(2) == null ? TimeUnit.MILLISECONDS : TimeUnit.valueOf(words.group(2));
    return length < 1 ? Optional.empty() : Optional.of(Duration.of(length, unit.toChronoUnit()));
  }
}
