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
 * Fashion-MNIST: 60,000 + 10,000 grey pictures of articles of clothing (Xiao, Rasul and Vollgraf,
 * 2017); samples of [1, 28, 28].
 *
 * @param validation the training pictures held out
 * @param splitSeed chooses which
 */
public record FashionMnist(int validation, long splitSeed) implements DataSource {
  /** Gives all training pixels together the mean 0 and the standard deviation 1. */
  public static final Normalisation NORMALISATION =
      new Normalisation(List.of(0.2860), List.of(0.3530));

  private static final IdxPictures FILES =
      new IdxPictures(
          new IdxPictures.Files(
              Published.FASHION_TRAIN_IMAGES, Published.FASHION_TRAIN_LABELS, 60_000),
          new IdxPictures.Files(
              Published.FASHION_TEST_IMAGES, Published.FASHION_TEST_LABELS, 10_000),
          28,
          NORMALISATION);

  public FashionMnist {
    StratifiedSplit.check("validation", validation, FILES.train().count());
  }

  /** 50,000 pictures for training, 10,000 for validation. */
  public FashionMnist() {
    this(10_000, 0);
  }

  @Override
  public String name() {
    return "Fashion-MNIST";
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
  public FashionMnist validation(int validation) {
    return new FashionMnist(validation, splitSeed);
  }

  public FashionMnist splitSeed(long splitSeed) {
    return new FashionMnist(validation, splitSeed);
  }
}
