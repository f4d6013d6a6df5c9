package io.coppice.datasets.files;

/** Who watches a download. */
@FunctionalInterface
public interface DownloadProgress {

  /** This many of the file's bytes are there. */
  void at(PublishedFile file, long bytes);
}
