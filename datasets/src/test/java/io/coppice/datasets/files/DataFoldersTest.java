package io.coppice.datasets.files;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import io.coppice.framework.data.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFoldersTest {
  private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);
  private static final String MD5 = "900150983cd24fb0d6963f7d28e17f72";

  @TempDir Path folder;
  private Path given;
  private Path cache;

  @BeforeEach
  void makeFolders() throws IOException {
    given = Files.createDirectories(folder.resolve("given").resolve("letters")).getParent();
    cache = Files.createDirectories(folder.resolve("cache").resolve("letters")).getParent();
  }

  private static PublishedFile letters(int port) {
    return new PublishedFile(
        "letters",
        "abc.gz",
        URI.create("http://localhost:" + port + "/abc.gz"),
        ABC.length,
        Checksum.md5Unpacked(MD5));
  }

  private DataFolders folders(Optional<Path> given, Optional<URI> mirror) {
    return new DataFolders(given, cache, mirror, Duration.ofSeconds(5), (file, bytes) -> {});
  }

  @Test
  void theGivenFolderComesFirstThenTheCache() throws IOException {
    PublishedFile file = letters(1);
    DataFolders folders = folders(Optional.of(given), Optional.empty());
    assertEquals(Optional.empty(), folders.find(file));
    Path[] inOrderOfWeight = {
      cache.resolve("letters").resolve("abc.gz"),
      given.resolve("abc"),
      given.resolve("abc.gz"),
      given.resolve("letters").resolve("abc"),
      given.resolve("letters").resolve("abc.gz")
    };
    for (Path path : inOrderOfWeight) {
      Files.write(path, ABC);
      assertEquals(Optional.of(path), folders.find(file));
      assertEquals(path, folders.require(file));
    }
  }

  @Test
  void anArchiveIsNotLookedUpUnpacked() {
    PublishedFile archive =
        new PublishedFile("a", "b.tar.gz", URI.create("http://localhost"), 1, Checksum.md5(MD5));
    assertEquals(List.of("b.tar.gz"), archive.localNames());
  }

  @Test
  void anAbsentFileComesFromTheMirrorIntoTheCache() throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/mirror/letters/abc.gz",
        exchange -> {
          exchange.sendResponseHeaders(200, ABC.length);
          exchange.getResponseBody().write(ABC);
          exchange.close();
        });
    server.start();
    try {
      URI mirror = URI.create("http://localhost:" + server.getAddress().getPort() + "/mirror");
      Path path = folders(Optional.of(given), Optional.of(mirror)).require(letters(1));
      assertEquals(cache.resolve("letters").resolve("abc.gz"), path);
      assertArrayEquals(ABC, Files.readAllBytes(path));
    } finally {
      server.stop(0);
    }
  }

  @Test
  void offlineOneSentenceNamesTheFileTheChecksumAndTheVariable() throws IOException {
    int unused;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      unused = socket.getLocalPort();
    }
    for (Optional<Path> user : List.of(Optional.of(given), Optional.<Path>empty())) {
      DataException error =
          assertThrows(
              DataException.class, () -> folders(user, Optional.empty()).require(letters(unused)));
      String message = error.getMessage();
      assertTrue(message.startsWith("abc.gz (MD5 of the unpacked bytes " + MD5 + ")"), message);
      assertTrue(message.contains("set COPPICE_DATA"), message);
      assertEquals(1, message.lines().count());
    }
    assertFalse(Files.exists(cache.resolve("letters").resolve("abc.gz")));
  }

  @Test
  void aNamedFileIsTakenAsItIsOrBelowTheGivenFolder() throws IOException {
    DataFolders folders = folders(Optional.of(given), Optional.empty());
    Path own = Files.write(given.resolve("letters").resolve("own.csv"), ABC);
    assertEquals(own, folders.require("letters/own.csv"));
    assertEquals(own, folders.require(own.toString()));
    DataException error =
        assertThrows(DataException.class, () -> folders.require("letters/other.csv"));
    assertTrue(error.getMessage().contains("COPPICE_DATA"), error.getMessage());
  }

  @Test
  void thePropertiesNameTheFolders() {
    String before = System.getProperty("coppice.data");
    try {
      System.setProperty("coppice.data", given.toString());
      System.setProperty("coppice.cache", cache.toString());
      System.setProperty("coppice.mirror", "http://mirror.example/data");
      DataFolders folders = DataFolders.standard();
      assertEquals(Optional.of(given), folders.given());
      assertEquals(cache, folders.cache());
      assertEquals(Optional.of(URI.create("http://mirror.example/data")), folders.mirror());

      System.setProperty("coppice.data", folder.resolve("absent").toString());
      DataException error = assertThrows(DataException.class, DataFolders::standard);
      assertTrue(error.getMessage().endsWith("absent, which is not a folder"));
    } finally {
      System.clearProperty("coppice.cache");
      System.clearProperty("coppice.mirror");
      if (before == null) {
        System.clearProperty("coppice.data");
      } else {
        System.setProperty("coppice.data", before);
      }
    }
  }

  @Test
  void progressIsALinePerTenth() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ProgressLines lines = new ProgressLines(new PrintStream(bytes));
    PublishedFile file =
        new PublishedFile(
            "a", "b", URI.create("http://data.example/b"), 1_000_000, Checksum.md5(MD5));
    for (int at = 0; at <= 1_000_000; at += 1000) {
      lines.at(file, at);
    }
    String[] printed = bytes.toString().split("\\R");
    assertEquals(11, printed.length);
    assertEquals("downloading from data.example b: 0 % of 1.0 MB", printed[0]);
    assertEquals("downloading b: 100 % of 1.0 MB", printed[10]);
  }
}
