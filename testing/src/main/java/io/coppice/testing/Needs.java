package io.coppice.testing;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * What a test needs of its machine. Where it is missing the test is skipped, and fails where the
 * environment has {@code COPPICE_REQUIRE_ALL}.
 */
public final class Needs {
  /** Set where no test may be skipped because something is missing. */
  public static final String REQUIRE_ALL = "COPPICE_REQUIRE_ALL";

  private Needs() {}

  /**
   * A program that {@code PATH} holds under one of its names.
   *
   * @param debianPackage what installs it on Debian
   */
  public static Path program(String debianPackage, String... names) {
    Optional<Path> found = find(System.getenv().getOrDefault("PATH", ""), names);
    that(found.isPresent(), missing(names[0], debianPackage));
    return found.orElseThrow();
  }

  /** One sentence that says what is not there, and how Debian installs it. */
  public static String missing(String name, String debianPackages) {
    return "there is no %s: apt-get install -y --no-install-recommends %s"
        .formatted(name, debianPackages);
  }

  /**
   * Whether it is there.
   *
   * @param missing says what is not, and how to get it
   */
  public static void that(boolean there, String missing) {
    that(there, missing, !System.getenv().getOrDefault(REQUIRE_ALL, "").isEmpty());
  }

  static void that(boolean there, String missing, boolean required) {
    if (!there && required) {
      Assertions.fail(missing + " (" + REQUIRE_ALL + " is set: nothing is skipped)");
    }
    Assumptions.assumeTrue(there, missing);
  }

  static Optional<Path> find(String path, String... names) {
    return Stream.of(path.split(File.pathSeparator))
        .flatMap(folder -> Stream.of(names).map(name -> Path.of(folder, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
