package io.coppice.datasets;

import io.coppice.testing.Needs;
import java.nio.file.Files;
import java.nio.file.Path;

/** The real data sets, which some tests need. */
final class DataAtHand {
  private DataAtHand() {}

  /** A file or folder below {@code COPPICE_DATA}. */
  static Path require(String name) {
    String folder = System.getenv("COPPICE_DATA");
    Needs.that(folder != null, "COPPICE_DATA is not set: " + name + " is not compared");
    Path path = Path.of(folder, name);
    Needs.that(Files.exists(path), path + " is absent: not compared");
    return path;
  }
}
