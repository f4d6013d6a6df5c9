package io.coppice.datasets;

import ai.djl.ndarray.types.Shape;
import io.coppice.datasets.files.CheckedFile;
import io.coppice.datasets.files.Damaged;
import io.coppice.datasets.files.DataFolders;
import io.coppice.datasets.files.PublishedFile;
import io.coppice.framework.data.DataException;
import io.coppice.framework.data.Parts;
import io.coppice.framework.data.Signature;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/**
 * CIFAR's binary archives: per picture the label bytes, the last of which is used, then the red,
 * the green and the blue plane of 32×32 bytes.
 *
 * @param train the entries of the training part, in order
 * @param trainCount the pictures in each of them
 * @param test the entry of the test part
 * @param testCount the pictures in it
 */
record CifarArchive(
    PublishedFile file,
    List<String> train,
    int trainCount,
    String test,
    int testCount,
    int labelBytes,
    int classes,
    Normalisation normalisation) {
  private static final Shape SAMPLE = new Shape(3, 32, 32);
  private static final int PIXELS = (int) SAMPLE.size();

  Signature signature() {
    return new Signature(SAMPLE, classes);
  }

  /** Reads the training part; the archive is read again when the test part is asked for. */
  Parts load(DataFolders folders, int validation, long splitSeed) {
    Path archive = folders.require(file);
    return PictureSplit.of(
        classes,
        read(archive, train, trainCount),
        validation,
        splitSeed,
        (pictures, kept) -> normalisation,
        () -> read(archive, List.of(test), testCount));
  }

  private Pictures read(Path archive, List<String> entries, int count) {
    byte[] pixels = new byte[entries.size() * count * PIXELS];
    int[] labels = new int[entries.size() * count];
    boolean[] found = new boolean[entries.size()];
    try (CheckedFile content = new CheckedFile(archive, file.checksum())) {
      TarArchiveInputStream tar = new TarArchiveInputStream(content.stream());
      for (TarArchiveEntry entry; (entry = tar.getNextEntry()) != null; ) {
        int index = entries.indexOf(entry.getName());
        if (index >= 0) {
          Path name = archive.resolve(entry.getName());
          unpack(records(tar, name, count), name, index * count, pixels, labels);
          found[index] = true;
        }
      }
      for (int i = 0; i < found.length; i++) {
        if (!found[i]) {
          throw new DataException(archive + " does not hold " + entries.get(i));
        }
      }
      content.verify();
    } catch (IOException e) {
      throw Damaged.unreadable(archive, e);
    } catch (IllegalArgumentException | ArithmeticException e) {
      throw new DataException(archive + " is corrupt: " + e.getMessage(), e);
    }
    return new Pictures(pixels, labels, SAMPLE);
  }

  private byte[] records(InputStream in, Path name, int count) throws IOException {
    int expected = count * (labelBytes + PIXELS);
    byte[] records = in.readNBytes(expected);
    if (records.length == 0) {
      throw new DataException(name + " is empty");
    } else if (records.length < expected) {
      throw new DataException(
          name + " is truncated: it holds " + records.length + " of " + expected + " bytes");
    } else if (in.read() >= 0) {
      throw new DataException(name + " is too long: more than " + expected + " bytes");
    }
    return records;
  }

  private void unpack(byte[] records, Path name, int first, byte[] pixels, int[] labels) {
    int size = labelBytes + PIXELS;
    for (int i = 0; i < records.length / size; i++) {
      int label = records[i * size + labelBytes - 1] & 0xff;
      labels[first + i] = Labels.checked(label, classes, i, name);
      System.arraycopy(records, i * size + labelBytes, pixels, (first + i) * PIXELS, PIXELS);
    }
  }
}
