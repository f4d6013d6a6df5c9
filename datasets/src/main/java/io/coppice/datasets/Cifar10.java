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
 * CIFAR-10: 50,000 + 10,000 colour pictures of ten classes (Krizhevsky, 2009), from the official
 * binary archive; samples of [3, 32, 32].
 *
 * @param validation the training pictures held out
 * @param splitSeed chooses which
 */
public record Cifar10(int validation, long splitSeed) implements DataSource {
  /** Gives the training pixels of every channel the mean 0 and the standard deviation 1. */
  public static final Normalisation NORMALISATION =
      new Normalisation(List.of(0.4914, 0.4822, 0.4465), List.of(0.2470, 0.2435, 0.2616));

  private static final CifarArchive ARCHIVE =
      new CifarArchive(
          Published.CIFAR10,
          List.of(
              "cifar-10-batches-bin/data_batch_1.bin",
              "cifar-10-batches-bin/data_batch_2.bin",
              "cifar-10-batches-bin/data_batch_3.bin",
              "cifar-10-batches-bin/data_batch_4.bin",
              "cifar-10-batches-bin/data_batch_5.bin"),
          10_000,
          "cifar-10-batches-bin/test_batch.bin",
          10_000,
          1,
          10,
          NORMALISATION);

  public Cifar10 {
    StratifiedSplit.check("validation", validation, 50_000);
  }

  /** 45,000 pictures for training, 5,000 for validation. */
  public Cifar10() {
    this(5_000, 0);
  }

  @Override
  public String name() {
    return "CIFAR-10";
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
  public Cifar10 validation(int validation) {
    return new Cifar10(validation, splitSeed);
  }

  public Cifar10 splitSeed(long splitSeed) {
    return new Cifar10(validation, splitSeed);
  }
}
