package io.coppice.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import io.coppice.framework.data.DataException;
import io.coppice.framework.data.Examples;
import io.coppice.framework.data.Parts;
import io.coppice.framework.data.Signature;
import io.coppice.framework.recipe.CanonicalJson;
import io.coppice.framework.recipe.RecipeException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ImageFolderTest {

  /** Ten pictures of 3×2 pixels per class; picture i of a class is of the grey i. */
  private static Map<String, byte[]> classes(String prefix) {
    Map<String, byte[]> files = new TreeMap<>();
    for (int i = 0; i < 10; i++) {
      byte[] file = PictureFile.colour("png", 3, 2, i * 0x010101);
      files.put(prefix + "ash/" + i + ".png", file);
      files.put(prefix + "oak/" + i + ".png", file);
    }
    return files;
  }

  private static Path write(Scratch scratch, String folder, Map<String, byte[]> files) {
    files.forEach((name, content) -> scratch.write(folder + "/" + name, content));
    return scratch.folder().resolve(folder);
  }

  @Test
  void aPlainFolderIsSplitInThreeStratifiedParts() {
    try (Scratch scratch = new Scratch()) {
      ImageFolder recipe =
          ImageFolder.of(write(scratch, "trees", classes(""))).test(6).validation(4);
      assertEquals("trees", recipe.name());
      Parts parts = recipe.load();
      assertEquals(2, parts.classes());
      assertEquals(new Shape(3, 2, 3), parts.train().sample());
      assertArrayEquals(new int[] {0, 0, 0, 0, 0, 1, 1, 1, 1, 1}, parts.train().labels());
      assertArrayEquals(new int[] {0, 0, 1, 1}, parts.validation().labels());
      assertArrayEquals(new int[] {0, 0, 0, 1, 1, 1}, parts.test().get().labels());
      assertEquals(parts.train(), recipe.load().train());
      assertNotEquals(parts.test().get(), recipe.splitSeed(1).load().test().get());
    }
  }

  @Test
  void tellsItsSizeWithoutReadingAllPictures() {
    try (Scratch scratch = new Scratch()) {
      ImageFolder plain = ImageFolder.of(write(scratch, "trees", classes("")));
      Map<String, byte[]> files = classes("train/");
      files.putAll(classes("test/"));
      ImageFolder parted = ImageFolder.of(write(scratch, "parted", files));
      for (ImageFolder recipe : List.of(plain, plain.test(6).validation(3), parted.grey())) {
        Examples train = recipe.load().train();
        assertEquals(OptionalInt.of(train.count()), recipe.trainingExamples());
        assertEquals(Optional.of(new Signature(train.sample(), 2)), recipe.signature());
      }
      scratch.write("trees/ash/9.png", new byte[] {1});
      assertEquals(OptionalInt.of(13), plain.test(4).validation(3).trainingExamples());
    }
  }

  @Test
  void whatCannotBeLoadedTellsNothing() {
    try (Scratch scratch = new Scratch()) {
      ImageFolder recipe = ImageFolder.of(write(scratch, "trees", classes("")));
      assertEquals(OptionalInt.empty(), recipe.test(20).trainingExamples());
      scratch.write("trees/ash/0.png", new byte[] {1});
      assertEquals(Optional.empty(), recipe.signature());
      scratch.write("trees/stray.png", new byte[] {1});
      assertEquals(OptionalInt.empty(), recipe.trainingExamples());
    }
  }

  @Test
  void theTrainingPartAloneHasMeanZeroAndDeviationOne() {
    try (Scratch scratch = new Scratch()) {
      Parts parts = ImageFolder.of(write(scratch, "trees", classes(""))).load();
      Examples train = parts.train();
      double[] sums = new double[2];
      for (float value : train.features()) {
        sums[0] += value;
        sums[1] += value * value;
      }
      assertEquals(0, sums[0] / train.features().length, 1e-6);
      assertEquals(1, sums[1] / train.features().length, 1e-6);
    }
  }

  @Test
  void aGivenTestFolderIsTheTestPart() {
    try (Scratch scratch = new Scratch()) {
      Map<String, byte[]> files = classes("train/");
      files.put("test/oak/other.jpg", PictureFile.colour("jpg", 3, 2, 0xffffff));
      ImageFolder recipe = ImageFolder.of(write(scratch, "trees", files)).grey();
      Parts parts = recipe.load();
      assertEquals(18, parts.train().count());
      assertEquals(2, parts.validation().count());
      assertEquals(new Shape(1, 2, 3), parts.train().sample());
      assertArrayEquals(new int[] {1}, parts.test().get().labels());
      assertThrows(RecipeException.class, () -> recipe.test(2).load());
    }
  }

  @Test
  void theTestPartIsNotReadBeforeItIsAskedFor() {
    try (Scratch scratch = new Scratch()) {
      Map<String, byte[]> files = classes("train/");
      files.put("test/oak/broken.png", new byte[] {1, 2, 3});
      Parts parts = ImageFolder.of(write(scratch, "trees", files)).load();
      DataException error = assertThrows(DataException.class, () -> parts.test().get());
      assertTrue(error.getMessage().contains("broken.png"), error.getMessage());
    }
  }

  @Test
  void anArchiveHoldsTheSameParts() {
    try (Scratch scratch = new Scratch()) {
      Parts folder = ImageFolder.of(write(scratch, "trees", classes(""))).load();
      Path zip = scratch.write("packed/trees.zip", PictureFile.zip(classes("any/")));
      ImageFolder recipe = ImageFolder.of(zip);
      assertEquals("trees", recipe.name());
      assertEquals(folder.train(), recipe.load().train());
      assertEquals(folder.validation(), recipe.load().validation());
      assertEquals(folder.test().get(), recipe.load().test().get());
    }
  }

  @Test
  void aRecipeIsNamedByItsContentNotByItsPlace() {
    try (Scratch scratch = new Scratch()) {
      ImageFolder here = ImageFolder.of(write(scratch, "here/trees", classes("")));
      ImageFolder there = ImageFolder.of(write(scratch, "there/trees", classes("")));
      assertEquals(CanonicalJson.of(here), CanonicalJson.of(there));
      Map<String, byte[]> more = classes("");
      more.put("oak/more.png", PictureFile.colour("png", 3, 2, 0));
      ImageFolder other = ImageFolder.of(write(scratch, "other/trees", more));
      assertNotEquals(CanonicalJson.hash(here), CanonicalJson.hash(other));
      assertNotEquals(CanonicalJson.hash(here), CanonicalJson.hash(here.grey()));
    }
  }

  @Test
  void aFolderThatChangedAfterTheRecipeIsRefused() {
    try (Scratch scratch = new Scratch()) {
      ImageFolder recipe = ImageFolder.of(write(scratch, "trees", classes("")));
      scratch.write("trees/oak/late.png", PictureFile.colour("png", 3, 2, 0));
      DataException error = assertThrows(DataException.class, recipe::load);
      assertTrue(error.getMessage().endsWith("has changed since its recipe was written"));
    }
  }

  @Test
  void picturesOfAnotherSizeAndAbsentFoldersAreRefused() {
    try (Scratch scratch = new Scratch()) {
      Map<String, byte[]> files = classes("");
      for (int i = 0; i < 10; i++) {
        files.put("elm/" + i + ".png", PictureFile.colour("png", 2, 2, 0));
      }
      ImageFolder recipe = ImageFolder.of(write(scratch, "trees", files));
      DataException error = assertThrows(DataException.class, recipe::load);
      assertTrue(error.getMessage().contains("is 2×2 pixels; expected 3×2"), error.getMessage());
      Path absent = scratch.folder().resolve("absent");
      error = assertThrows(DataException.class, () -> ImageFolder.of(absent));
      assertTrue(error.getMessage().endsWith("absent does not exist"), error.getMessage());
    }
  }

  @Test
  void wrongCountsAreRefused() {
    try (Scratch scratch = new Scratch()) {
      ImageFolder recipe = ImageFolder.of(write(scratch, "trees", classes("")));
      assertThrows(RecipeException.class, () -> recipe.validation(0));
      assertThrows(RecipeException.class, () -> recipe.test(0));
      assertThrows(RecipeException.class, () -> recipe.test(20).load());
      assertThrows(RecipeException.class, () -> recipe.test(10).validation(10).load());
    }
  }

  @Provide
  Arbitrary<Mutation> mutations() {
    return Mutation.any();
  }

  @Property(tries = 200)
  void aDamagedArchiveIsRefusedOrReadWhole(@ForAll("mutations") Mutation mutation) {
    try (Scratch scratch = new Scratch()) {
      byte[] damaged = mutation.of(PictureFile.zip(classes("")));
      Path zip = scratch.write("trees.zip", damaged);
      try {
        Parts parts = ImageFolder.of(zip).load();
        assertTrue(parts.train().count() + parts.test().get().count() > 0);
      } catch (DataException e) {
        assertTrue(e.getMessage().contains("trees.zip"), e.getMessage());
      }
    }
  }

  @Test
  void theCifarArchiveAtHandIsRecognised() {
    ImageFolder recipe = ImageFolder.of(DataAtHand.require("cifar10/cifar10-jpeg.zip"));
    assertEquals("cifar10-jpeg", recipe.name());
    assertEquals(recipe.content(), ImageFolder.of(recipe.path()).content());
  }

  @Tag("slow")
  @Test
  void theCifarArchiveAtHandIsReadWhole() {
    Parts parts =
        ImageFolder.of(DataAtHand.require("cifar10/cifar10-jpeg.zip")).validation(5_000).load();
    assertEquals(10, parts.classes());
    assertEquals(new Shape(3, 32, 32), parts.train().sample());
    assertEquals(45_000, parts.train().count());
    int[] held = new int[10];
    Arrays.stream(parts.validation().labels()).forEach(label -> held[label]++);
    IntStream.of(held).forEach(count -> assertEquals(500, count));
    assertEquals(10_000, parts.test().get().count());
  }
}
