package io.coppice.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class NeedsTest {

  @TempDir Path folder;

  @Test
  void whatIsThereIsFound() throws Exception {
    Path program = Files.createFile(folder.resolve("two"));
    assertTrue(program.toFile().setExecutable(true));
    String path = "nowhere" + File.pathSeparator + folder;
    assertEquals(Optional.of(program), Needs.find(path, "one", "two"));
    Needs.that(true, "missing", true);
  }

  @Test
  void whatIsMissingSkipsTheTest() {
    assertEquals(Optional.empty(), Needs.find(folder.toString(), "one"));
    assertThrows(TestAbortedException.class, () -> Needs.that(false, "missing", false));
  }

  @Test
  void whatIsMissingFailsWhereAllIsRequired() {
    AssertionFailedError error =
        assertThrows(AssertionFailedError.class, () -> Needs.that(false, "no one", true));
    assertEquals("no one (COPPICE_REQUIRE_ALL is set: nothing is skipped)", error.getMessage());
  }
}
