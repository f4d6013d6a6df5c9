package io.coppice.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.data.DataException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImageTreeTest {

  private static ImageTree tree(String... files) {
    return ImageTree.of(List.of(files), "folder");
  }

  @Test
  void trainAndTestFoldersAreTheParts() {
    ImageTree tree =
        tree(
            "test/cat/1.png", "test/dog/1.png", "train/cat/1.JPG", "train/dog/2.jpeg", "notes.txt");
    assertEquals(List.of("cat", "dog"), tree.classes());
    assertArrayEquals(new int[] {0, 1}, tree.labels(tree.known()));
    assertEquals("train/cat/1.JPG", tree.known().get(0).file());
    assertEquals(List.of("test/cat/1.png", "test/dog/1.png"), files(tree.test()));
  }

  @Test
  void classFoldersAloneHaveNoTestPart() {
    ImageTree tree = tree("b/1.png", "a/1.png", "a/.hidden.png");
    assertEquals(List.of("a", "b"), tree.classes());
    assertEquals(List.of("b/1.png", "a/1.png"), files(tree.known()));
    assertTrue(tree.test().isEmpty());
  }

  @Test
  void foldersAroundEverythingAreLookedThrough() {
    assertEquals(List.of("a", "b"), tree("set/v1/a/1.png", "set/v1/b/1.png").classes());
    assertEquals(List.of("a", "b"), tree("train/a/1.png", "train/b/1.png").classes());
    ImageTree parted = tree("set/train/a/1.png", "set/train/b/1.png", "set/test/a/2.png");
    assertEquals(List.of("a", "b"), parted.classes());
    assertEquals(List.of("set/test/a/2.png"), files(parted.test()));
  }

  private static List<String> files(List<ImageTree.Leaf> leaves) {
    return leaves.stream().map(ImageTree.Leaf::file).toList();
  }

  @Test
  void otherTreesAreRefused() {
    assertRefused("holds no PNG or JPEG file", "a/1.gif");
    assertRefused("folder holds x.png, which is not where", "x.png", "a/1.png", "b/1.png");
    assertRefused("holds a/deep/1.png", "a/deep/1.png", "b/1.png");
    assertRefused("holds extra/a/1.png", "train/a/1.png", "test/a/1.png", "extra/a/1.png");
    assertRefused("the one class a only", "a/1.png", "a/2.png");
    assertRefused(
        "no training picture of the test class c",
        "train/a/1.png",
        "train/b/1.png",
        "test/c/1.png");
  }

  private static void assertRefused(String message, String... files) {
    DataException error = assertThrows(DataException.class, () -> tree(files));
    assertTrue(error.getMessage().contains(message), error.getMessage());
  }
}
