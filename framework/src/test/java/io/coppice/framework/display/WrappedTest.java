package io.coppice.framework.display;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class WrappedTest {

  @Test
  void foldsAtSpacesAndElidesLongWords() {
    assertEquals(
        List.of("magnitude", "global keep", "0.16"),
        Wrapped.lines("magnitude global keep 0.16", 11));
    assertEquals(List.of("swit…r", "a"), Wrapped.lines("switcher a", 6));
    assertEquals(List.of(""), Wrapped.lines("  ", 6));
  }

  @Test
  void spacesStayWhereATextFits() {
    assertEquals(List.of("a  b"), Wrapped.fitted("a  b", 4));
    assertEquals(List.of("a", "b"), Wrapped.fitted("a  b", 2));
  }
}
