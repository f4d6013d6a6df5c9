package io.coppice.datasets;

import io.coppice.framework.data.DataException;
import java.util.List;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * Picture files by class: {@code train/<class>/*} and {@code test/<class>/*}, or {@code <class>/*}
 * alone; one folder around everything is looked through.
 *
 * @param known the pictures below {@code train}, or all
 * @param test the pictures below {@code test}
 * @param classes the class folders' names, sorted; a class's number is its position
 */
record ImageTree(List<Leaf> known, List<Leaf> test, List<String> classes) {

  /** A picture file and its class folder. */
  record Leaf(String file, String className) {}

  static ImageTree of(List<String> files, String source) {
    List<String[]> paths =
        files.stream().filter(ImageTree::isPicture).map(file -> file.split("/")).toList();
    if (paths.isEmpty()) {
      throw new DataException(source + " holds no PNG or JPEG file");
    }
    int root = commonFolders(paths);
    Predicate<String[]> inTrain = path -> path[root].equals("train");
    Predicate<String[]> inTest = path -> path[root].equals("test");
    boolean parted = paths.stream().anyMatch(inTrain) && paths.stream().anyMatch(inTest);
    Predicate<String[]> isKnown = parted ? inTrain : path -> true;
    Predicate<String[]> isTest = parted ? inTest : path -> false;
    int folder = parted ? root + 1 : root;
    for (String[] path : paths) {
      if (path.length != folder + 2 || !(isKnown.test(path) || isTest.test(path))) {
        throw new DataException(
            String.format(
                "%s holds %s, which is not where a picture is expected: %s<class>/<picture>",
                source, String.join("/", path), parted ? "train/ or test/" : ""));
      }
    }
    List<Leaf> known = leaves(paths, isKnown, folder);
    List<Leaf> test = leaves(paths, isTest, folder);
    return new ImageTree(known, test, classes(known, test, source));
  }

  private static boolean isPicture(String file) {
    String name = file.substring(file.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
    return !name.startsWith(".")
        && (name.endsWith(".png") || name.endsWith(".jpg") || name.endsWith(".jpeg"));
  }

  /** How many folders lie around everything, beyond a class folder. */
  private static int commonFolders(List<String[]> paths) {
    int depth = 0;
    while (true) {
      int level = depth;
      String first = paths.get(0)[level];
      if (!paths.stream().allMatch(p -> p.length >= level + 3 && p[level].equals(first))) {
        return depth;
      }
      depth++;
    }
  }

  private static List<Leaf> leaves(List<String[]> paths, Predicate<String[]> part, int folder) {
    return paths.stream()
        .filter(part)
        .map(path -> new Leaf(String.join("/", path), path[folder]))
        .toList();
  }

  private static List<String> classes(List<Leaf> known, List<Leaf> test, String source) {
    SortedSet<String> classes = new TreeSet<>();
    known.forEach(leaf -> classes.add(leaf.className()));
    if (classes.size() < 2) {
      throw new DataException(source + " holds the one class " + classes.first() + " only");
    }
    for (Leaf leaf : test) {
      if (!classes.contains(leaf.className())) {
        throw new DataException(
            source + " has no training picture of the test class " + leaf.className());
      }
    }
    return List.copyOf(classes);
  }

  /** The class number of every leaf. */
  int[] labels(List<Leaf> leaves) {
    return leaves.stream().mapToInt(leaf -> classes.indexOf(leaf.className())).toArray();
  }
}
