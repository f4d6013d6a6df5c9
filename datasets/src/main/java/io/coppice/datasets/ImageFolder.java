package io.coppice.datasets;

import ai.djl.ndarray.types.Shape;
import io.coppice.datasets.ImageTree.Leaf;
import io.coppice.datasets.files.Damaged;
import io.coppice.datasets.files.DataFolders;
import io.coppice.framework.data.DataException;
import io.coppice.framework.data.DataSource;
import io.coppice.framework.data.Parts;
import io.coppice.framework.data.Signature;
import io.coppice.framework.recipe.Code;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.recipe.Require;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * A folder or zip archive of PNG and JPEG pictures of one size, in {@code train/<class>/} and
 * {@code test/<class>/}, or in {@code <class>/} alone; samples of [channels, height, width].
 *
 * <p>Every channel gets the mean 0 and the standard deviation 1 over the training part. Other files
 * are left alone.
 *
 * @param name the folder's or archive's name
 * @param content a digest of the files' names, sizes and, in an archive, checksums: the recipe
 *     stands for these pictures wherever they lie
 * @param channels 3, or 1 for grey
 * @param test the pictures held out for the test where there is no {@code test} folder; absent: a
 *     fifth of all
 * @param validation the training pictures held out; absent: a tenth of them
 * @param splitSeed chooses which are held out
 */
public record ImageFolder(
    String name,
    String content,
    @Code Path path,
    int channels,
    Optional<Integer> test,
    Optional<Integer> validation,
    long splitSeed)
    implements DataSource {
  private static final long GREATEST_BYTES = Integer.MAX_VALUE - 8;

  public ImageFolder {
    Require.that(channels == 1 || channels == 3, "channels", channels, "1 or 3");
    test.ifPresent(count -> Require.atLeast("test", count, 1));
    validation.ifPresent(count -> Require.atLeast("validation", count, 1));
  }

  /**
   * The pictures at {@code path}: as it is, or below {@code COPPICE_DATA}.
   *
   * @throws DataException when there is no such folder or archive
   */
  public static ImageFolder of(String path) {
    return of(DataFolders.standard().require(path));
  }

  /**
   * The pictures in a folder or zip archive.
   *
   * @throws DataException when there is no such folder or archive
   */
  public static ImageFolder of(Path path) {
    try (ImageFiles files = ImageFiles.open(path)) {
      String name = path.toAbsolutePath().normalize().getFileName().toString();
      return new ImageFolder(
          name.replaceFirst("\\.zip$", ""),
          digest(files),
          path,
          3,
          Optional.empty(),
          Optional.empty(),
          0);
    } catch (IOException e) {
      throw Damaged.unreadable(path, e);
    }
  }

  private static String digest(ImageFiles files) throws IOException {
    ContentDigest digest = new ContentDigest();
    for (Map.Entry<String, String> file : files.marks().entrySet()) {
      digest.add(file.getKey()).add(file.getValue());
    }
    return digest.hex();
  }

  @Override
  public OptionalInt trainingExamples() {
    return looked(
            (files, tree) -> {
              int known = tree.known().size() - heldForTest(tree);
              return OptionalInt.of(known - heldForValidation(known));
            })
        .orElseGet(OptionalInt::empty);
  }

  @Override
  public Optional<Signature> signature() {
    return looked(
        (files, tree) -> new Signature(shape(files, tree.known().get(0)), tree.classes().size()));
  }

  private interface Look<T> {
    T at(ImageFiles files, ImageTree tree) throws IOException;
  }

  /** What the files tell; empty where loading says what is wrong with them. */
  private <T> Optional<T> looked(Look<T> look) {
    try (ImageFiles files = ImageFiles.open(path)) {
      return Optional.of(look.at(files, tree(files)));
    } catch (IOException | RecipeException | DataException e) {
      return Optional.empty();
    }
  }

  private ImageTree tree(ImageFiles files) throws IOException {
    ImageTree tree = ImageTree.of(List.copyOf(files.marks().keySet()), path.toString());
    Require.that(
        tree.test().isEmpty() || test.isEmpty(),
        "test",
        test,
        "none, since " + path + " has a test folder");
    return tree;
  }

  /** How many of the known pictures the test part takes. */
  private int heldForTest(ImageTree tree) {
    return tree.test().isEmpty() ? StratifiedSplit.count("test", test, tree.known().size(), 5) : 0;
  }

  private int heldForValidation(int known) {
    return StratifiedSplit.count("validation", validation, known, 10);
  }

  private Shape shape(ImageFiles files, Leaf leaf) throws IOException {
    return new ImageDecoder(channels).shape(files.read(leaf.file()), inside(leaf.file()));
  }

  @Override
  public Parts load() {
    try (ImageFiles files = ImageFiles.open(path)) {
      if (!digest(files).equals(content)) {
        throw new DataException(path + " has changed since its recipe was written");
      }
      ImageTree tree = tree(files);
      List<Leaf> known = tree.known();
      List<Leaf> held = tree.test();
      if (held.isEmpty()) {
        int count = heldForTest(tree);
        StratifiedSplit split = StratifiedSplit.of(tree.labels(known), count, splitSeed);
        held = chosen(known, split.heldOut());
        known = chosen(known, split.kept());
      }
      int heldOut = heldForValidation(known.size());
      Pictures pictures = read(files, tree, known);
      List<Leaf> last = held;
      return PictureSplit.of(
          tree.classes().size(),
          pictures,
          heldOut,
          splitSeed,
          Pictures::fitted,
          () -> readTest(tree, last, pictures.sample()));
    } catch (IOException e) {
      throw Damaged.unreadable(path, e);
    }
  }

  private Pictures readTest(ImageTree tree, List<Leaf> leaves, Shape sample) {
    try (ImageFiles files = ImageFiles.open(path)) {
      return read(files, tree, leaves, sample);
    } catch (IOException e) {
      throw Damaged.unreadable(path, e);
    }
  }

  private Pictures read(ImageFiles files, ImageTree tree, List<Leaf> leaves) throws IOException {
    return read(files, tree, leaves, shape(files, leaves.get(0)));
  }

  private Pictures read(ImageFiles files, ImageTree tree, List<Leaf> leaves, Shape sample)
      throws IOException {
    long bytes = sample.size() * leaves.size();
    if (bytes > GREATEST_BYTES) {
      throw new DataException(
          String.format(
              "%s holds %d pictures of %s, %d bytes; at most %d fit in one array",
              path, leaves.size(), sample, bytes, GREATEST_BYTES));
    }
    ImageDecoder decoder = new ImageDecoder(channels);
    byte[] pixels = new byte[(int) bytes];
    int size = (int) sample.size();
    for (int i = 0; i < leaves.size(); i++) {
      String file = leaves.get(i).file();
      byte[] picture = decoder.decode(files.read(file), inside(file), sample);
      System.arraycopy(picture, 0, pixels, i * size, size);
    }
    return new Pictures(pixels, tree.labels(leaves), sample);
  }

  private String inside(String file) {
    return path.resolve(file).toString();
  }

  private static List<Leaf> chosen(List<Leaf> leaves, int[] positions) {
    return IntStream.of(positions).mapToObj(leaves::get).toList();
  }

  /** Reads red, green and blue as one grey channel. */
  public ImageFolder grey() {
    return new ImageFolder(name, content, path, 1, test, validation, splitSeed);
  }

  /** Holds this many pictures out for the test, where there is no {@code test} folder. */
  public ImageFolder test(int test) {
    return new ImageFolder(name, content, path, channels, Optional.of(test), validation, splitSeed);
  }

  /** Holds this many training pictures out for validation. */
  public ImageFolder validation(int validation) {
    return new ImageFolder(name, content, path, channels, test, Optional.of(validation), splitSeed);
  }

  public ImageFolder splitSeed(long splitSeed) {
    return new ImageFolder(name, content, path, channels, test, validation, splitSeed);
  }
}
