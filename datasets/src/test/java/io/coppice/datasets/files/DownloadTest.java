package io.coppice.datasets.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.coppice.framework.data.DataException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DownloadTest {
  private static final int SIZE = 300_000;

  @TempDir Path folder;
  private final byte[] content = new byte[SIZE];
  private final List<String> ranges = Collections.synchronizedList(new ArrayList<>());
  private final CountDownLatch released = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private PublishedFile file;
  private Path target;

  /** How the server answers its n-th request, counted from 1. */
  private interface Answer {
    void to(int request, HttpExchange exchange) throws IOException;
  }

  @BeforeEach
  void startServer() throws Exception {
    new Random(1).nextBytes(content);
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.start();
    URI source = URI.create("http://localhost:" + server.getAddress().getPort() + "/data.bin");
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
    file =
        new PublishedFile(
            "set", "data.bin", source, SIZE, Checksum.sha256(HexFormat.of().formatHex(digest)));
    target = folder.resolve("cache").resolve("data.bin");
  }

  @AfterEach
  void stopServer() {
    released.countDown();
    server.stop(0);
    threads.shutdownNow();
  }

  private void serve(Answer answer) {
    server.createContext(
        "/",
        exchange -> {
          String range = exchange.getRequestHeaders().getFirst("Range");
          ranges.add(range == null ? "whole" : range);
          answer.to(ranges.size(), exchange);
        });
  }

  /** Answers as a host does that knows ranges. */
  private void send(HttpExchange exchange) throws IOException {
    String range = exchange.getRequestHeaders().getFirst("Range");
    int from = range == null ? 0 : Integer.parseInt(range.replaceAll("\\D", ""));
    if (from > 0) {
      exchange
          .getResponseHeaders()
          .set("Content-Range", "bytes " + from + "-" + (SIZE - 1) + "/" + SIZE);
    }
    send(exchange, from > 0 ? 206 : 200, Arrays.copyOfRange(content, from, SIZE), SIZE - from);
  }

  /** Promises {@code promised} bytes, sends {@code body} and breaks off. */
  private static void send(HttpExchange exchange, int status, byte[] body, int promised)
      throws IOException {
    exchange.sendResponseHeaders(status, promised);
    OutputStream out = exchange.getResponseBody();
    out.write(body);
    out.flush();
    exchange.close();
  }

  private void fetch() throws IOException, InterruptedException {
    fetch(Duration.ofSeconds(20), (f, bytes) -> {});
  }

  private void fetch(Duration patience, DownloadProgress progress)
      throws IOException, InterruptedException {
    new Download(patience, progress).fetch(file, file.source(), target);
  }

  private void assertFetched() throws IOException {
    assertArrayEquals(content, Files.readAllBytes(target));
    assertFalse(Files.exists(part()));
  }

  private void assertNothingCached() {
    assertFalse(Files.exists(target));
    assertFalse(Files.exists(part()));
  }

  private Path part() {
    return target.resolveSibling("data.bin.part");
  }

  @Test
  void aWholeFileGetsItsName() throws Exception {
    serve((request, exchange) -> send(exchange));
    List<Long> progress = new ArrayList<>();
    fetch(Duration.ofSeconds(20), (f, bytes) -> progress.add(bytes));
    assertFetched();
    assertEquals(0L, progress.get(0));
    assertEquals(SIZE, progress.get(progress.size() - 1));
    assertEquals(progress.stream().sorted().toList(), progress);
  }

  @Test
  void aFileThatIsThereIsNotFetchedAgain() throws Exception {
    serve((request, exchange) -> send(exchange));
    fetch();
    fetch();
    assertEquals(List.of("whole"), ranges);
  }

  @Test
  void aBrokenDownloadGoesOnWhereItBroke() throws Exception {
    serve(
        (request, exchange) -> {
          if (request == 1) {
            send(exchange, 200, Arrays.copyOf(content, 100_000), SIZE);
          } else {
            send(exchange);
          }
        });
    fetch();
    assertFetched();
    assertEquals(2, ranges.size());
    assertTrue(ranges.get(1).matches("bytes=[1-9]\\d*-"), ranges.get(1));
  }

  @Test
  void aLaterRunGoesOnWhereAnEarlierOneGaveUp() throws Exception {
    Files.createDirectories(part().getParent());
    Files.write(part(), Arrays.copyOf(content, 123_456));
    serve((request, exchange) -> send(exchange));
    fetch();
    assertFetched();
    assertEquals(List.of("bytes=123456-"), ranges);
  }

  @Test
  void aHostWithoutRangesIsReadFromTheStart() throws Exception {
    Files.createDirectories(part().getParent());
    Files.write(part(), Arrays.copyOf(content, 123_456));
    serve((request, exchange) -> send(exchange, 200, content, SIZE));
    fetch();
    assertFetched();
  }

  @Test
  void whatIsLeftOfAnotherFileIsFetchedAnew() throws Exception {
    Files.createDirectories(part().getParent());
    Files.write(part(), new byte[1000]);
    serve((request, exchange) -> send(exchange));
    fetch();
    assertFetched();
    assertEquals(List.of("bytes=1000-", "whole"), ranges);
  }

  @Test
  void aHostThatAlwaysBreaksOffIsGivenUpAndNeverCached() {
    serve((request, exchange) -> send(exchange, 200, Arrays.copyOf(content, 1000), SIZE));
    assertThrows(IOException.class, this::fetch);
    assertFalse(Files.exists(target));
    assertEquals(5, ranges.size());
  }

  @Test
  void aShorterFileIsNeverCached() {
    serve((request, exchange) -> send(exchange, 200, Arrays.copyOf(content, 1000), 1000));
    IOException error = assertThrows(IOException.class, this::fetch);
    assertTrue(error.getMessage().contains("ended after 1000 of 300000 bytes"), error.getMessage());
    assertFalse(Files.exists(target));
  }

  @Test
  void aLongerFileIsRefused() {
    byte[] longer = Arrays.copyOf(content, SIZE + 1);
    serve((request, exchange) -> send(exchange, 200, longer, longer.length));
    DataException error = assertThrows(DataException.class, this::fetch);
    assertTrue(error.getMessage().contains("more than the published 300000 bytes"));
    assertNothingCached();
  }

  @Test
  void aFileWithAnotherChecksumIsDiscarded() {
    byte[] other = content.clone();
    other[77] ^= 1;
    serve((request, exchange) -> send(exchange, 200, other, SIZE));
    DataException error = assertThrows(DataException.class, this::fetch);
    assertTrue(error.getMessage().contains("checksum"), error.getMessage());
    assertNothingCached();
    assertEquals(1, ranges.size());
  }

  @Test
  void aMissingFileIsRefusedAtOnce() {
    serve((request, exchange) -> send(exchange, 404, "not here".getBytes(), 8));
    DataException error = assertThrows(DataException.class, this::fetch);
    assertTrue(error.getMessage().endsWith("answered with status 404"), error.getMessage());
    assertNothingCached();
    assertEquals(1, ranges.size());
  }

  @Test
  void aHostInTroubleIsAskedAgain() throws Exception {
    serve(
        (request, exchange) -> {
          if (request < 3) {
            send(exchange, 503, new byte[] {1}, 1);
          } else {
            send(exchange);
          }
        });
    fetch();
    assertFetched();
    assertEquals(3, ranges.size());
  }

  @Test
  void aRangeThatIsNotThereIsFetchedAnew() throws Exception {
    Files.createDirectories(part().getParent());
    Files.write(part(), Arrays.copyOf(content, 500));
    serve(
        (request, exchange) -> {
          if (request == 1) {
            send(exchange, 416, new byte[] {1}, 1);
          } else {
            send(exchange);
          }
        });
    fetch();
    assertFetched();
    assertEquals(List.of("bytes=500-", "whole"), ranges);
  }

  @Test
  void aWrongRangeIsNeverGluedIn() {
    serve(
        (request, exchange) -> {
          exchange.getResponseHeaders().set("Content-Range", "bytes 5000-9999/" + SIZE);
          send(exchange, 206, new byte[5000], 5000);
        });
    assertThrows(IOException.class, this::fetch);
    assertFalse(Files.exists(target));
  }

  @Test
  void aSilentHostIsLeftAndAskedAgain() throws Exception {
    serve(
        (request, exchange) -> {
          if (request == 1) {
            exchange.sendResponseHeaders(200, SIZE);
            exchange.getResponseBody().write(content, 0, 50_000);
            exchange.getResponseBody().flush();
            await();
          } else {
            send(exchange);
          }
        });
    fetch(Duration.ofMillis(500), (f, bytes) -> {});
    assertFetched();
    assertTrue(ranges.get(1).matches("bytes=[1-9]\\d*-"), ranges.get(1));
  }

  @Test
  void aHostThatNeverAnswersIsGivenUp() {
    serve((request, exchange) -> await());
    assertThrows(IOException.class, () -> fetch(Duration.ofMillis(200), (f, bytes) -> {}));
    assertFalse(Files.exists(target));
  }

  private void await() {
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void twoAtOnceFetchOnce() throws Exception {
    serve((request, exchange) -> send(exchange));
    Future<?> one =
        threads.submit(
            () -> {
              fetch();
              return null;
            });
    fetch();
    one.get();
    assertFetched();
    assertEquals(List.of("whole"), ranges);
  }
}
