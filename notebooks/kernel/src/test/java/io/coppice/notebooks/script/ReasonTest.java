package io.coppice.notebooks.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.coppice.framework.data.DataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import org.junit.jupiter.api.Test;

class ReasonTest {

  @Test
  void ownSentencesStandAlone() {
    assertEquals("mnist is absent", Reason.of(new DataException("mnist is absent")));
  }

  @Test
  void othersKeepTheirClass() {
    assertEquals(
        "java.lang.IllegalStateException: odd", Reason.of(new IllegalStateException("odd")));
    assertEquals("java.io.IOException", Reason.of(new IOException()));
  }

  @Test
  void filesAreNamedWithWhatIsWrong() {
    assertEquals("a does not exist", Reason.of(new NoSuchFileException("a")));
    assertEquals(
        "a may not be read or written by this user", Reason.of(new AccessDeniedException("a")));
    assertEquals(
        "a cannot be used: No space left on device",
        Reason.of(new FileSystemException("a", null, "No space left on device")));
  }

  @Test
  void wrappersThatSayNothingAreOpened() {
    IOException cause = new NoSuchFileException("a");
    assertEquals("a does not exist", Reason.of(new UncheckedIOException(cause)));
    assertEquals(
        "the store cannot be used",
        Reason.of(new UncheckedIOException("the store cannot be used", cause)));
    assertEquals(
        "cannot write b: a does not exist",
        Reason.of(new UncheckedIOException("cannot write b: a", cause)));
  }
}
