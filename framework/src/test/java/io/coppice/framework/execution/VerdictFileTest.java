package io.coppice.framework.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.storage.Processor;
import java.io.IOException;
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
  void forgetsWhatItCannotKeep() throws IOException {
    Path taken = Files.createFile(folder.resolve("taken"));
    VerdictFile verdicts = new VerdictFile(taken.resolve("verdicts.json"));
    verdicts.store("a", TIMES);
    assertEquals(Optional.empty(), verdicts.find("a"));
    Files.createDirectories(folder.resolve("full/one"));
    VerdictFile atFolder = new VerdictFile(folder.resolve("full"));
    atFolder.store("a", TIMES);
    assertEquals(Optional.empty(), atFolder.find("a"));
  }

  @Test
  void keepsMachinesApart() {
    Path file = folder.resolve("verdicts.json");
    new VerdictFile(file, "Fast 1, cores 64").store("a", TIMES);
    assertEquals(Optional.empty(), new VerdictFile(file, "Slow 2, cores 2").find("a"));
    assertEquals(Optional.of(TIMES), new VerdictFile(file, "Fast 1, cores 64").find("a"));
  }

  @Test
  void knowsThisMachine() throws IOException {
    Path file = folder.resolve("verdicts.json");
    new VerdictFile(file).store("a", TIMES);
    String cores = ", cores " + Runtime.getRuntime().availableProcessors() + "; a";
    String content = Files.readString(file);
    assertTrue(content.contains(Processor.model() + cores), content);
  }
}
