package io.coppice.framework.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NearestTest {

  @Test
  void countsEdits() {
    assertEquals(3, Nearest.edits("kitten", "sitting"));
    assertEquals(4, Nearest.edits("", "rigl"));
    assertEquals(0, Nearest.edits("l0", "l0"));
  }

  @Test
  void findsTheRightName() {
    List<String> names = List.of("dense", "magnitude global", "rigl");
    assertEquals(Optional.of("magnitude global"), Nearest.to("Magnitud global", names));
    assertEquals(Optional.of("rigl"), Nearest.to("RIGL", names));
    assertEquals(Optional.empty(), Nearest.to("x", List.of()));
  }

  @Test
  void aBeginningIsEnoughWhereItIsNoOthers() {
    List<String> names = List.of("dense", "rigl 10 %", "rigl", "set");
    assertEquals("dense", Nearest.begun("method", "d", names));
    assertEquals("rigl", Nearest.begun("method", "rigl", names));
    assertEquals(
        "there is no method 'ri'; did you mean 'rigl'?",
        assertThrows(RecipeException.class, () -> Nearest.begun("method", "ri", names))
            .getMessage());
    assertEquals(
        "there is no method 'bonsai'; allowed: dense, rigl 10 %, rigl, set",
        assertThrows(RecipeException.class, () -> Nearest.begun("method", "bonsai", names))
            .getMessage());
  }

  @Test
  void namesNoneThatIsFarOff() {
    assertEquals(Optional.empty(), Nearest.to("select", List.of("smile", "sgd")));
    assertEquals(Optional.of("lenet300100"), Nearest.to("lenet", List.of("mnist", "lenet300100")));
  }
}
