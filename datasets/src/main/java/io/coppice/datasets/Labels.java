package io.coppice.datasets;

import io.coppice.framework.data.DataException;
import java.nio.file.Path;

/** Class numbers read from a file. */
final class Labels {
  private Labels() {}

  /** The label, refused when it is no class of the data set. */
  static int checked(int label, int classes, int example, Path file) {
    if (label >= classes) {
      throw new DataException(
          String.format(
              "%s has the label %d for its example %d; expected 0 to %d",
              file, label, example, classes - 1));
    }
    return label;
  }
}
