package io.coppice.datasets.files;

import io.coppice.framework.data.DataException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.zip.ZipException;

/** Says in one line what is wrong with a file. */
public final class Damaged {
  private Damaged() {}

  /** The error for a file that could not be read to its end. */
  public static DataException unreadable(Path file, IOException cause) {
    String what;
    if (cause instanceof EOFException) {
      what = " is truncated: its packed bytes end too early";
    } else if (cause instanceof ZipException) {
      what = " is corrupt: " + cause.getMessage();
    } else if (cause instanceof NoSuchFileException) {
      what = " does not exist";
    } else {
      what = " cannot be read: " + cause;
    }
    return new DataException(file + what, cause);
  }
}
