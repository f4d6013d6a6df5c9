package io.coppice.datasets.files;

import io.coppice.framework.data.DataException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;

/**
 * Fetches a file under a temporary name, goes on where an earlier attempt broke off, and gives it
 * its name only when its size and checksum are right.
 */
final class Download {
  private static final int ATTEMPTS = 5;
  private static final int BUFFER = 1 << 16;

  private final Duration patience;
  private final DownloadProgress progress;
  private final HttpClient client;

  /**
   * @param patience how long a server may stay silent
   */
  Download(Duration patience, DownloadProgress progress) {
    this.patience = patience;
    this.progress = progress;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(patience)
            .build();
  }

  /**
   * Fetches {@code file} from {@code source} to {@code target}, unless it is there already.
   *
   * @throws IOException when the server cannot be reached or breaks off again and again; what came
   *     is kept beside {@code target} for the next attempt
   * @throws DataException when the server offers another file, or none
   */
  void fetch(PublishedFile file, URI source, Path target) throws IOException, InterruptedException {
    Files.createDirectories(target.getParent());
    try (ExclusiveLock lock = new ExclusiveLock(beside(target, ".lock"))) {
      lock.hold();
      if (!Files.exists(target)) {
        Path part = beside(target, ".part");
        complete(file, source, part);
        Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      }
    }
  }

  /** Makes {@code part} the published file; what an earlier attempt left may be of another one. */
  private void complete(PublishedFile file, URI source, Path part)
      throws IOException, InterruptedException {
    boolean resumed;
    do {
      resumed = size(part) > 0;
      fill(file, source, part);
      if (genuine(file, part)) {
        return;
      }
      Files.delete(part);
    } while (resumed);
    throw new DataException(
        source + " does not offer the published file: its bytes have another checksum");
  }

  private static Path beside(Path target, String suffix) {
    return target.resolveSibling(target.getFileName() + suffix);
  }

  private void fill(PublishedFile file, URI source, Path part)
      throws IOException, InterruptedException {
    for (int attempt = 1; size(part) != file.bytes(); attempt++) {
      try {
        goOn(file, source, part);
      } catch (IOException e) {
        if (attempt == ATTEMPTS || Thread.currentThread().isInterrupted()) {
          throw e;
        }
      }
    }
  }

  private void goOn(PublishedFile file, URI source, Path part)
      throws IOException, InterruptedException {
    long have = size(part) < file.bytes() ? size(part) : 0;
    HttpRequest.Builder request = HttpRequest.newBuilder(source).timeout(patience);
    if (have > 0) {
      request.header("Range", "bytes=" + have + "-");
    }
    HttpResponse<InputStream> response =
        client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    try (InputStream body = new StallGuard(response.body(), patience)) {
      switch (response.statusCode()) {
        case 200 -> append(file, body, part, 0);
        case 206 -> append(file, body, part, start(response));
        case 416 -> Files.deleteIfExists(part);
        default -> refuse(source, response.statusCode());
      }
    }
    if (size(part) != file.bytes()) {
      throw new IOException(
          source + " ended after " + size(part) + " of " + file.bytes() + " bytes");
    }
  }

  private static long start(HttpResponse<?> response) throws IOException {
    String range = response.headers().firstValue("Content-Range").orElse("");
    String digits = range.replaceFirst("^bytes (\\d{1,18})-.*$", "$1");
    if (!digits.matches("\\d+")) {
      throw new IOException(response.uri() + " answered with the range '" + range + "'");
    }
    return Long.parseLong(digits);
  }

  private static void refuse(URI source, int status) throws IOException {
    String message = source + " answered with status " + status;
    if (status >= 500) {
      throw new IOException(message);
    }
    throw new DataException(message);
  }

  private void append(PublishedFile file, InputStream body, Path part, long from)
      throws IOException {
    if (from > size(part)) {
      throw new IOException(file.name() + " was answered from byte " + from + ", past the end");
    }
    if (from < size(part) || !Files.exists(part)) {
      cut(part, from);
    }
    long bytes = from;
    try (OutputStream out = Files.newOutputStream(part, StandardOpenOption.APPEND)) {
      byte[] buffer = new byte[BUFFER];
      progress.at(file, bytes);
      for (int count; bytes <= file.bytes() && (count = body.read(buffer)) >= 0; ) {
        out.write(buffer, 0, count);
        bytes += count;
        progress.at(file, Math.min(bytes, file.bytes()));
      }
    }
    if (bytes > file.bytes()) {
      Files.delete(part);
      throw new DataException("its host offers more than the published " + file.bytes() + " bytes");
    }
  }

  private static void cut(Path part, long length) throws IOException {
    try (FileChannel channel =
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      channel.truncate(length);
    }
  }

  private static long size(Path path) throws IOException {
    return Files.exists(path) ? Files.size(path) : 0;
  }

  private static boolean genuine(PublishedFile file, Path part) {
    try (CheckedFile content = new CheckedFile(part, file.checksum())) {
      content.verify();
      return true;
    } catch (IOException | DataException e) {
      return false;
    }
  }
}
