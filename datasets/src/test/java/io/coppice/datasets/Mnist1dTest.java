package io.coppice.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import io.coppice.framework.data.Examples;
import io.coppice.framework.data.Parts;
import io.coppice.framework.recipe.CanonicalJson;
import io.coppice.framework.recipe.RecipeException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The pinned numbers were computed with NumPy 1.24.2 and SciPy 1.10.1. */
class Mnist1dTest {

  @Test
  void theDefaultsAreThePublishedSet() throws IOException {
    Path folder = DataAtHand.require("mnist1d");
    Examples all = new Mnist1dGenerator(new Mnist1d()).generate();
    assertPublished(folder.resolve("train.csv.gz"), 4000, all, 0);
    assertPublished(folder.resolve("test.csv.gz"), 1000, all, 4000);
    Examples test = new Mnist1d().load().test().get();
    assertPublished(folder.resolve("test.csv.gz"), 1000, test, 0);
  }

  private static void assertPublished(Path csv, int count, Examples actual, int from)
      throws IOException {
    List<String> lines;
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(new GZIPInputStream(Files.newInputStream(csv))))) {
      lines = reader.lines().skip(1).toList();
    }
    assertEquals(count, lines.size());
    for (int i = 0; i < count; i++) {
      double[] row =
          Arrays.stream(lines.get(i).split(",")).mapToDouble(Double::parseDouble).toArray();
      assertEquals((int) row[0], actual.labels()[from + i], "label of row " + i);
      for (int j = 0; j < 40; j++) {
        assertEquals(row[j + 1], actual.features()[(from + i) * 40 + j], 1e-6, "row " + i);
      }
    }
  }

  @Test
  void theDefaultsGiveThePinnedValues() {
    assertGenerates(
        new Mnist1d(),
        5000,
        new int[] {2, 6, 4, 5, 6, 6, 6, 0, 3, 1, 6, 9},
        new double[] {-0.3320056673693901, -0.4719103656557236, -0.778697076293495},
        new double[] {0.6598756470890784, 0.8777343497528006, 1.1931518368352758},
        148316.17264806535);
  }

  @Test
  void noiseShearLengthSeedAndShuffleAreNumPys() {
    assertGenerates(
        new Mnist1d()
            .samples(200)
            .seed(7)
            .noise(0.1)
            .correlatedNoise(0.5)
            .shear(0)
            .length(28)
            .shuffledSequence(true),
        200,
        new int[] {3, 4, 2, 7, 0, 5, 8, 3, 5, 1, 9, 7},
        new double[] {0.014277695919386643, 0.10569513623056234, 0.3777525138517354},
        new double[] {0.33676249917517653, -0.9524375604033222, -1.2282018322462929},
        4410.026404027596);
  }

  @Test
  void paddingScaleTranslationAndTheGreatestSeedAreNumPys() {
    Mnist1d recipe =
        new Mnist1d()
            .samples(57)
            .trainFraction(0.7)
            .seed(4294967295L)
            .scale(1.5)
            .translation(1)
            .padding(0, 3)
            .length(72);
    assertGenerates(
        recipe,
        50,
        new int[] {3, 0, 6, 1, 0, 9, 9, 1, 7, 2, 5, 7},
        new double[] {-0.0688823758860798, -0.014483430837160192, 0.03991551421175942},
        new double[] {0.38304096168825996, 0.3583275894761761, 0.33361421726409224},
        2683.128076086332);
    assertEquals(15, recipe.load().test().get().count());
  }

  @Test
  void aLongTemplateAFarTranslationAndNoNoiseAreNumPys() {
    assertGenerates(
        new Mnist1d()
            .samples(30)
            .seed(0)
            .templateLength(20)
            .padding(10, 10)
            .translation(100)
            .shear(2)
            .length(1)
            .noise(0)
            .correlatedNoise(0),
        30,
        new int[] {2, 4, 6, 0, 6, 3, 8, 7, 1, 5, 4, 9},
        new double[] {-1.0518915354314233},
        new double[] {0.7849861311571847},
        27.058792404046986);
  }

  private static void assertGenerates(
      Mnist1d recipe, int count, int[] labels, double[] first, double[] last, double absoluteSum) {
    Examples all = new Mnist1dGenerator(recipe).generate();
    float[] values = all.features();
    assertEquals(count, all.count());
    assertEquals(new Shape(recipe.length()), all.sample());
    assertArrayEquals(labels, Arrays.copyOf(all.labels(), labels.length));
    for (int i = 0; i < first.length; i++) {
      assertEquals(first[i], values[i], 1e-6);
      assertEquals(last[i], values[values.length - last.length + i], 1e-6);
    }
    double sum = 0;
    for (float value : values) {
      sum += Math.abs(value);
    }
    assertEquals(absoluteSum, sum, 1e-7 * values.length);
  }

  @Test
  void thePartsHoldTheWholeTrainingPartOnce() {
    Parts parts = new Mnist1d().load();
    assertEquals(10, parts.classes());
    assertEquals(3500, parts.train().count());
    assertEquals(3500, new Mnist1d().trainingExamples().getAsInt());
    assertEquals(500, parts.validation().count());
    assertEquals(1000, parts.test().get().count());
    Examples published = new Mnist1dGenerator(new Mnist1d()).generate();
    double sum = 0;
    for (int i = 0; i < 4000 * 40; i++) {
      sum += published.features()[i];
    }
    double parted = sum(parts.train()) + sum(parts.validation());
    assertEquals(sum, parted, 1e-6);
  }

  private static double sum(Examples examples) {
    double sum = 0;
    for (float value : examples.features()) {
      sum += value;
    }
    return sum;
  }

  @Test
  void theSplitSeedMovesExamplesBetweenTrainingAndValidationOnly() {
    Mnist1d small = new Mnist1d().samples(100).validation(20);
    Parts one = small.splitSeed(1).load();
    Parts two = small.splitSeed(2).load();
    assertEquals(one.train(), small.splitSeed(1).load().train());
    assertNotEquals(one.validation(), two.validation());
    assertEquals(one.test().get(), two.test().get());
  }

  @Test
  void aRecipeIsNamedByEveryArgument() {
    Mnist1d recipe = new Mnist1d();
    List<Mnist1d> others =
        List.of(
            recipe.samples(4000),
            recipe.trainFraction(0.5),
            recipe.templateLength(13),
            recipe.padding(36, 61),
            recipe.scale(0.5),
            recipe.translation(47),
            recipe.correlatedNoise(0.2),
            recipe.noise(0.01),
            recipe.shear(0.7),
            recipe.length(41),
            recipe.shuffledSequence(true),
            recipe.seed(43),
            recipe.validation(400),
            recipe.splitSeed(1));
    List<String> names = others.stream().map(CanonicalJson::hash).toList();
    assertEquals(names.size(), names.stream().distinct().count());
    assertTrue(!names.contains(CanonicalJson.hash(recipe)));
  }

  @Test
  void wrongArgumentsAreRefusedByName() {
    Mnist1d recipe = new Mnist1d();
    assertRefused("seed", () -> recipe.seed(-1));
    assertRefused("seed", () -> recipe.seed(1L << 32));
    assertRefused("samples", () -> recipe.samples(19));
    assertRefused("trainFraction", () -> recipe.trainFraction(1));
    assertRefused("trainFraction", () -> recipe.trainFraction(1e-4));
    assertRefused("length", () -> recipe.length(0));
    assertRefused("mostPadding", () -> recipe.padding(5, 4));
    assertRefused("leastPadding", () -> recipe.padding(-1, 4));
    assertRefused("translation", () -> recipe.translation(0));
    assertRefused("noise", () -> recipe.noise(Double.NaN));
    assertRefused("validation", () -> recipe.validation(0));
    assertRefused("validation", () -> recipe.validation(4000));
    assertRefused("validation", () -> recipe.validation(500).samples(500));
  }

  private static void assertRefused(String parameter, Runnable change) {
    String message = assertThrows(RecipeException.class, change::run).getMessage();
    assertTrue(message.startsWith(parameter + " is "), message);
  }
}
