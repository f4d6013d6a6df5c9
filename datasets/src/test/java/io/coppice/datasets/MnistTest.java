package io.coppice.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.ndarray.types.Shape;
import io.coppice.framework.data.Examples;
import io.coppice.framework.data.Parts;
import io.coppice.framework.data.Signature;
import io.coppice.framework.recipe.CanonicalJson;
import io.coppice.framework.recipe.RecipeException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MnistTest {

  /**
   * The first test labels are 7, 2, 1, 0, 4; the classes' sizes are those of the data set's page.
   */
  @Test
  void theDataAtHandAreThePublishedOnes() {
    DataAtHand.require("mnist");
    Parts parts = new Mnist().validation(5_000).load();
    assertEquals(55_000, parts.train().count());
    assertEquals(5_000, parts.validation().count());
    assertEquals(new Shape(1, 28, 28), parts.train().sample());
    Signature signature = new Mnist().signature().orElseThrow();
    assertEquals(new Signature(parts.train().sample(), parts.classes()), signature);
    Examples test = parts.test().get();
    assertArrayEquals(new int[] {7, 2, 1, 0, 4}, Arrays.copyOf(test.labels(), 5));
    int[] sizes = {980, 1135, 1032, 1010, 982, 892, 958, 1028, 974, 1009};
    assertArrayEquals(sizes, counts(test));
    int[] known = counts(parts.train());
    int[] held = counts(parts.validation());
    int[] all = {5923, 6742, 5958, 6131, 5842, 5421, 5918, 6265, 5851, 5949};
    for (int label = 0; label < 10; label++) {
      assertEquals(all[label], known[label] + held[label]);
      assertEquals(all[label] / 12.0, held[label], 1);
    }
  }

  @Test
  void theTrainingPixelsHaveMeanZeroAndDeviationOne() {
    DataAtHand.require("mnist");
    Examples train = new Mnist().load().train();
    double sum = 0;
    double squares = 0;
    for (float value : train.features()) {
      sum += value;
      squares += (double) value * value;
    }
    assertEquals(0, sum / train.features().length, 2e-3);
    assertEquals(1, squares / train.features().length, 2e-3);
  }

  private static int[] counts(Examples examples) {
    int[] counts = new int[10];
    Arrays.stream(examples.labels()).forEach(label -> counts[label]++);
    return counts;
  }

  @Test
  void recipesAreNamedByTheirSplit() {
    Mnist recipe = new Mnist();
    assertNotEquals(CanonicalJson.hash(recipe), CanonicalJson.hash(recipe.validation(9_999)));
    assertNotEquals(CanonicalJson.hash(recipe), CanonicalJson.hash(recipe.splitSeed(1)));
    assertNotEquals(CanonicalJson.hash(recipe), CanonicalJson.hash(new FashionMnist()));
  }

  @Test
  void theSizeOfTheTrainingPartIsKnownWithoutTheData() {
    assertEquals(59_000, new Mnist().validation(1000).trainingExamples().getAsInt());
    assertEquals(50_000, new FashionMnist().trainingExamples().getAsInt());
    assertEquals(45_000, new Cifar10().trainingExamples().getAsInt());
    assertEquals(45_000, new Cifar100().trainingExamples().getAsInt());
  }

  @Test
  void whatANetworkMustFitIsKnownWithoutTheData() {
    Signature pictures = new Signature(new Shape(3, 32, 32), 100);
    assertEquals(pictures, new Cifar100().signature().orElseThrow());
    Mnist1d sequences = new Mnist1d().samples(200).length(30);
    Parts parts = sequences.load();
    assertEquals(
        new Signature(parts.train().sample(), parts.classes()),
        sequences.signature().orElseThrow());
  }

  @Test
  void aValidationPartThatLeavesNothingIsRefused() {
    assertThrows(RecipeException.class, () -> new Mnist().validation(0));
    assertThrows(RecipeException.class, () -> new Mnist().validation(60_000));
    assertThrows(RecipeException.class, () -> new FashionMnist().validation(60_000));
    assertThrows(RecipeException.class, () -> new Cifar10().validation(50_000));
    assertThrows(RecipeException.class, () -> new Cifar100().validation(-1));
  }
}
