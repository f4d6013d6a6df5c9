package io.coppice.cli.jupyter;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Where Jupyter looks for kernels. */
public final class JupyterFolders {
  private JupyterFolders() {}

  /** The data folder of a Python or system prefix, such as {@code /usr/local}. */
  public static Path ofPrefix(Path prefix) {
    return prefix.toAbsolutePath().normalize().resolve("share").resolve("jupyter");
  }

  /** The user's own data folder, by Jupyter's rules for this system. */
  public static Path ofUser(Map<String, String> environment, String system, Path home) {
    Optional<Path> named = path(environment, "JUPYTER_DATA_DIR");
    if (named.isPresent()) {
      return named.get();
    }
    String name = system.toLowerCase(Locale.ROOT);
    if (name.startsWith("mac")) {
      return home.resolve("Library").resolve("Jupyter");
    }
    if (name.startsWith("windows")) {
      return path(environment, "APPDATA").orElse(home).resolve("jupyter");
    }
    return path(environment, "XDG_DATA_HOME")
        .orElse(home.resolve(".local").resolve("share"))
        .resolve("jupyter");
  }

  /** The data folder of the user who runs this process. */
  public static Path ofUser() {
    return ofUser(
        System.getenv(), System.getProperty("os.name"), Path.of(System.getProperty("user.home")));
  }

  private static Optional<Path> path(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(v -> !v.isBlank()).map(Path::of);
  }
}
