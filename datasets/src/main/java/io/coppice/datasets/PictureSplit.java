package io.coppice.datasets;

import io.coppice.framework.data.Parts;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Pictures as a training, a validation and a test part. */
final class PictureSplit {
  private PictureSplit() {}

  /**
   * Holds the validation part out of {@code train}.
   *
   * @param normalisation given the pictures and the positions that remain for training
   * @param test read when the test part is asked for, not before
   */
  static Parts of(
      int classes,
      Pictures train,
      int validation,
      long splitSeed,
      BiFunction<Pictures, int[], Normalisation> normalisation,
      Supplier<Pictures> test) {
    StratifiedSplit split = StratifiedSplit.of(train.labels(), validation, splitSeed);
    Normalisation scale = normalisation.apply(train, split.kept());
    return new Parts(
        classes,
        train.examples(split.kept(), scale),
        train.examples(split.heldOut(), scale),
        () -> {
          Pictures pictures = test.get();
          int[] all = IntStream.range(0, pictures.labels().length).toArray();
          return pictures.examples(all, scale);
        });
  }
}
