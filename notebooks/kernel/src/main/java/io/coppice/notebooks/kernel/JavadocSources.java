package io.coppice.notebooks.kernel;

import java.io.IOException;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import jdk.jshell.SourceCodeAnalysis;

/**
 * Where JShell reads Javadoc from: besides the JDK's sources, those of Coppice's own folder. JShell
 * has no public way to say so; where its inside is closed or another one, signatures stay alone.
 */
final class JavadocSources {
  private static final int DEEPEST_MODULE = 2;
  private static final Path SOURCES = Path.of("src", "main", "java");

  private JavadocSources() {}

  /** Adds the sources in the folder that the launcher names {@code coppice.home}. */
  static void addTo(SourceCodeAnalysis analysis) {
    try {
      Method known = analysis.getClass().getDeclaredMethod("findSources");
      known.setAccessible(true);
      @SuppressWarnings("unchecked")
      List<Path> sources = (List<Path>) known.invoke(analysis);
      Optional<String> home = Optional.ofNullable(System.getProperty("coppice.home"));
      sources.addAll(home.isPresent() ? below(Path.of(home.get())) : List.of());
    } catch (ReflectiveOperationException
        | InaccessibleObjectException
        | UnsupportedOperationException
        | IOException e) {
      System.getLogger("coppice").log(System.Logger.Level.DEBUG, "no Javadoc", e);
    }
  }

  private static List<Path> below(Path home) throws IOException {
    try (Stream<Path> folders = Files.walk(home, DEEPEST_MODULE)) {
      return folders.map(folder -> folder.resolve(SOURCES)).filter(Files::isDirectory).toList();
    }
  }
}
