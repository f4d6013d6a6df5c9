package io.coppice.datasets.files;

import io.coppice.framework.data.DataException;
import io.coppice.framework.storage.CacheFolder;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where data files are looked up: the user's folder, then the cache, then the publisher's host.
 *
 * @param given the user's folder; a data set lies in it or in a folder of its own below it
 * @param cache where downloads are kept
 * @param mirror a URL below which the data sets' folders lie, asked instead of their own hosts
 * @param patience how long a host may stay silent
 * @param progress who watches downloads
 */
public record DataFolders(
    Optional<Path> given,
    Path cache,
    Optional<URI> mirror,
    Duration patience,
    DownloadProgress progress) {

  /**
   * The folders that the environment names: {@code COPPICE_DATA}, {@code COPPICE_CACHE} (otherwise
   * {@code ~/.cache/coppice/data}) and {@code COPPICE_MIRROR}, or the system properties {@code
   * coppice.data}, {@code coppice.cache} and {@code coppice.mirror}, which come first. Downloads
   * are reported on standard error.
   *
   * @throws DataException when {@code COPPICE_DATA} is not a folder
   */
  public static DataFolders standard() {
    Optional<Path> given = setting("coppice.data", "COPPICE_DATA").map(Path::of);
    given
        .filter(folder -> !Files.isDirectory(folder))
        .ifPresent(
            folder -> {
              throw new DataException("COPPICE_DATA is " + folder + ", which is not a folder");
            });
    return new DataFolders(
        given,
        CacheFolder.of("data"),
        setting("coppice.mirror", "COPPICE_MIRROR").map(URI::create),
        Duration.ofSeconds(30),
        new ProgressLines(System.err));
  }

  private static Optional<String> setting(String property, String variable) {
    return Optional.ofNullable(System.getProperty(property, System.getenv(variable)))
        .filter(value -> !value.isBlank());
  }

  /** The file, where it lies already. */
  public Optional<Path> find(PublishedFile file) {
    List<String> names = file.localNames();
    return Stream.concat(
            given.stream().flatMap(folder -> Stream.of(folder.resolve(file.folder()), folder)),
            Stream.of(cache.resolve(file.folder())))
        .flatMap(folder -> names.stream().map(folder::resolve))
        .filter(Files::isRegularFile)
        .findFirst();
  }

  /**
   * The file, downloaded if it lies nowhere yet.
   *
   * @throws DataException when it cannot be had
   */
  public Path require(PublishedFile file) {
    return find(file).orElseGet(() -> download(file));
  }

  /**
   * A file or folder that the user names: as it is, or below the given folder.
   *
   * @throws DataException when it exists nowhere
   */
  public Path require(String name) {
    return Stream.concat(
            Stream.of(Path.of(name)), given.stream().map(folder -> folder.resolve(name)))
        .filter(Files::exists)
        .findFirst()
        .orElseThrow(
            () ->
                new DataException(
                    name
                        + " exists neither in "
                        + Path.of("").toAbsolutePath()
                        + given
                            .map(folder -> " nor in COPPICE_DATA, " + folder)
                            .orElse(" nor below COPPICE_DATA, which is not set")));
  }

  private Path download(PublishedFile file) {
    Path target = cache.resolve(file.folder()).resolve(file.name());
    URI source =
        mirror
            .map(base -> URI.create(base + "/" + file.folder() + "/" + file.name()))
            .orElse(file.source());
    try {
      new Download(patience, progress).fetch(file, source, target);
      return target;
    } catch (IOException e) {
      throw absent(file, "its download from " + source + " failed (" + reason(e) + ")", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw absent(file, "its download was interrupted", e);
    } catch (DataException e) {
      throw absent(file, e.getMessage(), e);
    }
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private DataException absent(PublishedFile file, String why, Exception cause) {
    return new DataException(
        file.name()
            + " ("
            + file.checksum()
            + ") is neither in "
            + given.map(folder -> "COPPICE_DATA, " + folder + ",").orElse("COPPICE_DATA (not set)")
            + " nor in the cache "
            + cache
            + ", and "
            + why
            + ": put it into a folder and set COPPICE_DATA to that folder",
        cause);
  }
}
