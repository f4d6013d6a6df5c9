package io.coppice.framework.sparsity;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.coppice.framework.recipe.CanonicalJson;
import io.coppice.framework.recipe.RecipeException;
import org.junit.jupiter.api.Test;

class SaliencyTest {
  record Smallest() implements Saliency {
    @Override
    public NDArray score(NDArray weight, NDArray gradient) {
      return weight.abs().neg();
    }
  }

  @Test
  void aRecordIsNamedByItsType() {
    assertEquals("smallest", new Smallest().name());
  }

  @Test
  void aNameStandsForCode() {
    Saliency mine = Saliency.named("mine", (weight, gradient) -> weight.mul(gradient));
    Saliency other = Saliency.named("other", (weight, gradient) -> weight.mul(gradient));
    assertEquals("mine", mine.name());
    assertEquals(CanonicalJson.hash(mine), CanonicalJson.hash(Saliency.named("mine", (w, g) -> g)));
    assertEquals(false, CanonicalJson.hash(mine).equals(CanonicalJson.hash(other)));
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray scores =
          mine.score(manager.create(new float[] {2, 3}), manager.create(new float[] {5, 7}));
      assertArrayEquals(new float[] {10, 21}, scores.toFloatArray());
    }
    assertThrows(RecipeException.class, () -> Saliency.named(" ", (weight, gradient) -> weight));
  }

  @Test
  void fractionsReadAsPercent() {
    assertEquals("16 %", Percent.of(0.16));
    assertEquals("0.5 %", Percent.of(0.005));
    assertEquals("12.5 %", Percent.of(0.125));
    assertEquals("33.33 %", Percent.of(1.0 / 3));
    assertEquals("100 %", Percent.of(1));
    assertEquals("10 %", Percent.of(1 - 0.9));
  }
}
