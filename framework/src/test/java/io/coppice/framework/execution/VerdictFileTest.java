package io.coppice.framework.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictFileTest {
  private static final Map<String, Double> TIMES = Map.of("dense", 5.5, "blocks 4×1", 0.25);

  @TempDir private Path folder;

  @Test
  void keepsVerdicts() throws IOException {
    Path file = folder.resolve("new/verdicts.json");
    VerdictFile verdicts = new VerdictFile(file);
    assertEquals(Optional.empty(), verdicts.find("a"));
    verdicts.store("a", TIMES);
    new VerdictFile(file).store("b", Map.of("dense", 1.0));
    assertEquals(Optional.of(TIMES), new VerdictFile(file).find("a"));
    assertEquals(Optional.of(Map.of("dense", 1.0)), verdicts.find("b"));
    verdicts.store("a", Map.of("dense", 2.0));
    assertEquals(Optional.of(Map.of("dense", 2.0)), verdicts.find("a"));
    try (Stream<Path> files = Files.list(file.getParent())) {
      assertEquals(List.of(file), files.toList());
    }
  }

  @Test
  void startsAgainAfterDamage() throws IOException {
    Path file = folder.resolve("verdicts.json");
    VerdictFile verdicts = new VerdictFile(file);
    for (String damage : List.of("", "{\"a\": {\"dense\": 1", "[1]", "{\"a\": 3}", "null")) {
      Files.writeString(file, damage);
      assertEquals(Optional.empty(), verdicts.find("a"), damage);
      verdicts.store("a", TIMES);
      assertEquals(Optional.of(TIMES), verdicts.find("a"), damage);
    }
  }

  @Test
  void saysWhereItCannotWrite() throws IOException {
    Path file = Files.createFile(folder.resolve("taken")).resolve("verdicts.json");
    String message =
        assertThrows(UncheckedIOException.class, () -> new VerdictFile(file).store("a", TIMES))
            .getMessage();
    assertTrue(message.contains(file.toString()), message);
  }
}
