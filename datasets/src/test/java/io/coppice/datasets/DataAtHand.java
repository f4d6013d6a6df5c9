package io.coppice.datasets;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** The real data sets, for tests that are skipped where they are absent. */
final class DataAtHand {
  private DataAtHand() {}

  /** A file or folder below {@code COPPICE_DATA}; skips the test when there is none. */
  static Path require(String name) {
    String folder = System.getenv("COPPICE_DATA");
    assumeTrue(folder != null, "COPPICE_DATA is not set: " + name + " is not compared");
    Path path = Path.of(folder, name);
    assumeTrue(Files.exists(path), path + " is absent: not compared");
    return path;
  }
}
