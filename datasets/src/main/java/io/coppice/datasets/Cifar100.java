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
 * CIFAR-100: 50,000 + 10,000 colour pictures of a hundred (fine) classes (Krizhevsky, 2009), from
 * the official binary archive; samples of [3, 32, 32].
 *
 * @param validation the training pictures held out
 * @param splitSeed chooses which
 */
public record Cifar100(int validation, long splitSeed) implements DataSource {
  /** Gives the training pixels of every channel the mean 0 and the standard deviation 1. */
  public static final Normalisation NORMALISATION =
      new Normalisation(List.of(0.5071, 0.4865, 0.4409), List.of(0.2673, 0.2564, 0.2762));

  private static final CifarArchive ARCHIVE =
      new CifarArchive(
          Published.CIFAR100,
          List.of("cifar-100-binary/train.bin"),
          50_000,
          "cifar-100-binary/test.bin",
          10_000,
          2,
          100,
          NORMALISATION);

  public Cifar100 {
    StratifiedSplit.check("validation", validation, 50_000);
  }

  /** 45,000 pictures for training, 5,000 for validation. */
  public Cifar100() {
    this(5_000, 0);
  }

  @Override
  public String name() {
    return "CIFAR-100";
  }

  @Override
  public OptionalInt trainingExamples() {
    return OptionalInt.of(50_000 - validation);
  }

  @Override
  public Optional<Signature> signature() {
    return Optional.of(ARCHIVE.signature());
  }

  @Override
  public Parts load() {
    return ARCHIVE.load(DataFolders.standard(), validation, splitSeed);
  }

  /** Holds this many training pictures out for validation. */
  public Cifar100 validation(int validation) {
    return new Cifar100(validation, splitSeed);
  }

  public Cifar100 splitSeed(long splitSeed) {
    return new Cifar100(validation, splitSeed);
  }
}
