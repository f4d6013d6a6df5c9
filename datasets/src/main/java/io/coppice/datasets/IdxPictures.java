package io.coppice.datasets;

import ai.djl.ndarray.types.Shape;
import io.coppice.datasets.files.CheckedFile;
import io.coppice.datasets.files.Damaged;
import io.coppice.datasets.files.DataFolders;
import io.coppice.datasets.files.PublishedFile;
import io.coppice.framework.data.Parts;
import io.coppice.framework.data.Signature;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Ten classes of grey pictures in four IDX files.
 *
 * @param train the training part's files
 * @param test the test part's files
 * @param side the pictures' height and width in pixels
 */
record IdxPictures(Files train, Files test, int side, Normalisation normalisation) {
  private static final int CLASSES = 10;

  /** The two files of one part and how many pictures they hold. */
  record Files(PublishedFile images, PublishedFile labels, int count) {}

  Signature signature() {
    return new Signature(sample(), CLASSES);
  }

  private Shape sample() {
    return new Shape(1, side, side);
  }

  /** Reads the training part; of the test part, the files are only made available. */
  Parts load(DataFolders folders, int validation, long splitSeed) {
    Path testImages = folders.require(test.images());
    Path testLabels = folders.require(test.labels());
    Pictures known = read(train, folders.require(train.images()), folders.require(train.labels()));
    return PictureSplit.of(
        CLASSES,
        known,
        validation,
        splitSeed,
        (pictures, kept) -> normalisation,
        () -> read(test, testImages, testLabels));
  }

  private Pictures read(Files part, Path imageFile, Path labelFile) {
    byte[] pixels = values(imageFile, part.images(), part.count(), side, side);
    byte[] classes = values(labelFile, part.labels(), part.count());
    int[] labels = new int[classes.length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = Labels.checked(classes[i] & 0xff, CLASSES, i, labelFile);
    }
    return new Pictures(pixels, labels, sample());
  }

  private static byte[] values(Path path, PublishedFile published, int... dimensions) {
    try (CheckedFile file = new CheckedFile(path, published.checksum())) {
      byte[] values = Idx.read(file.stream(), path.toString(), dimensions);
      file.verify();
      return values;
    } catch (IOException e) {
      throw Damaged.unreadable(path, e);
    }
  }
}
