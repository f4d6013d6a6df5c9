package io.coppice.engines.sparse.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NvrtcSearchTest {
  private static final List<String> SYSTEM =
      List.of("libnvrtc.so.13", "libnvrtc.so.12", "libnvrtc.so.11.2", "libnvrtc.so");

  @TempDir Path engine;

  @Test
  void asksTheSystemLast() {
    assertEquals(SYSTEM, NvrtcSearch.candidates(Map.of(), Optional.empty()));
    assertEquals(SYSTEM, NvrtcSearch.candidates(Map.of(), Optional.of(engine.resolve("absent"))));
  }

  @Test
  void takesTheUsersAndThenTheEngines() throws IOException {
    for (String name :
        List.of(
            "libnvrtc-b51b459d.so.12",
            "libnvrtc-builtins.so.12.8",
            "libnvrtc.alt.so.12",
            "libtorch_cuda.so")) {
      Files.createFile(engine.resolve(name));
    }
    List<String> candidates =
        NvrtcSearch.candidates(Map.of("COPPICE_NVRTC", "mine/libnvrtc.so.12"), Optional.of(engine));
    assertEquals(
        List.of("mine/libnvrtc.so.12", engine.resolve("libnvrtc-b51b459d.so.12").toString()),
        candidates.subList(0, 2));
    assertEquals(SYSTEM, candidates.subList(2, candidates.size()));
  }
}
