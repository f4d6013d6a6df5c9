package io.coppice.datasets.files;

import java.io.PrintStream;
import java.util.Locale;

/** Prints a line at the start of a download and at every tenth of it. */
public final class ProgressLines implements DownloadProgress {
  private final PrintStream out;
  private PublishedFile current;
  private long tenths;

  public ProgressLines(PrintStream out) {
    this.out = out;
  }

  @Override
  public synchronized void at(PublishedFile file, long bytes) {
    long now = 10 * bytes / file.bytes();
    if (!file.equals(current) || now > tenths) {
      out.printf(
          Locale.ROOT,
          "%s %s: %d %% of %.1f MB%n",
          file.equals(current) ? "downloading" : "downloading from " + file.source().getHost(),
          file.name(),
          10 * now,
          file.bytes() / 1e6);
      current = file;
      tenths = now;
    }
  }
}
