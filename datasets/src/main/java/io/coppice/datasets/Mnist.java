package io.coppice.datasets;

import io.coppice.datasets.files.DataFolders;
import io.coppice.datasets.files.Published;
import io.coppice.framework.data.DataSource;
import io.coppice.framework.data.Parts;
import io.coppice.framework.data.Signature;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * MNIST: 60,000 + 10,000 grey pictures of handwritten digits (LeCun, Bottou, Bengio and Haffner,
 * 1998); samples of [1, 28, 28].
 *
 * @param validation the training pictures held out
 * @param splitSeed chooses which
 */
public record Mnist(int validation, long splitSeed) implements DataSource {
  /** Gives all training pixels together the mean 0 and the standard deviation 1. */
  public static final Normalisation NORMALISATION =
      new Normalisation(List.of(0.1307), List.of(0.3081));

  private static final IdxPictures FILES =
      new IdxPictures(
          new IdxPictures.Files(Published.MNIST_TRAIN_IMAGES, Published.MNIST_TRAIN_LABELS, 60_000),
          new IdxPictures.Files(Published.MNIST_TEST_IMAGES, Published.MNIST_TEST_LABELS, 10_000),
          28,
          NORMALISATION);

  public Mnist {
    StratifiedSplit.check("validation", validation, FILES.train().count());
  }

  /** 50,000 pictures for training, 10,000 for validation. */
  public Mnist() {
    this(10_000, 0);
  }

  @Override
  public String name() {
    return "MNIST";
  }

  @Override
  public OptionalInt trainingExamples() {
    return OptionalInt.of(FILES.train().count() - validation);
  }

  @Override
  public Optional<Signature> signature() {
    return Optional.of(FILES.signature());
  }

  @Override
  public Parts load() {
    return FILES.load(DataFolders.standard(), validation, splitSeed);
  }

  /** Holds this many training pictures out for validation. */
  public Mnist validation(int validation) {
    return new Mnist(validation, splitSeed);
  }

  public Mnist splitSeed(long splitSeed) {
    return new Mnist(validation, splitSeed);
  }
}
