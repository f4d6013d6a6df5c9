package io.coppice.datasets.files;

import java.net.URI;
import java.util.List;

/**
 * A file of a published data set.
 *
 * @param folder the data set's folder, below {@code COPPICE_DATA} and in the cache
 * @param name the file's name
 * @param source where its publisher, or a well-known mirror, offers it
 * @param bytes its size there
 * @param checksum what its bytes must hash to, wherever it is found
 */
public record PublishedFile(String folder, String name, URI source, long bytes, Checksum checksum) {

  /** The names under which the file may lie on disk: as published or, if possible, gunzipped. */
  List<String> localNames() {
    return checksum.unpacked() && name.endsWith(".gz")
        ? List.of(name, name.substring(0, name.length() - ".gz".length()))
        : List.of(name);
  }
}
