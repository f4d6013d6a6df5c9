package io.coppice.datasets;

import ai.djl.ndarray.types.Shape;
import io.coppice.framework.data.DataSource;
import io.coppice.framework.data.Examples;
import io.coppice.framework.data.Parts;
import io.coppice.framework.data.Signature;
import io.coppice.framework.recipe.Require;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * MNIST-1D: ten noisy, shifted digit shapes as sequences, generated, so that no file is needed
 * (Greydanus and Kobak, "Scaling down deep learning with MNIST-1D", ICML 2024); samples of [40].
 *
 * <p>The defaults give the published set; any other arguments give what the published generator
 * gives under NumPy.
 *
 * @param samples training and test samples together; rounded down to a multiple of 10
 * @param trainFraction the share of the samples before the test part
 * @param length the final sequence's points
 * @param shuffledSequence whether the points of all sequences are permuted, in one common order
 * @param seed the generator's seed, from 0 to 2³² − 1
 * @param validation the training samples held out; absent: an eighth of them (500 of 4,000)
 * @param splitSeed chooses which training samples are held out
 */
public record Mnist1d(
    int samples,
    double trainFraction,
    Distortion distortion,
    int length,
    boolean shuffledSequence,
    long seed,
    Optional<Integer> validation,
    long splitSeed)
    implements DataSource {

  public Mnist1d {
    Require.atLeast("samples", samples, 20);
    Require.within("trainFraction", trainFraction, 0, 1);
    Require.atLeast("length", length, 1);
    Require.that(
        seed >= 0 && seed <= NumPyRandom.GREATEST_SEED,
        "seed",
        seed,
        "an integer from 0 to " + NumPyRandom.GREATEST_SEED);
    int train = Mnist1dGenerator.trainCount(samples, trainFraction);
    Require.that(train >= 2, "trainFraction", trainFraction, "at least 2 training samples");
    validation.ifPresent(count -> StratifiedSplit.check("validation", count, train));
  }

  /**
   * The published set: 4,000 training samples, of which 500 are held out, and 1,000 test samples.
   */
  public Mnist1d() {
    this(5000, 0.8, Distortion.PUBLISHED, 40, false, 42, Optional.empty(), 0);
  }

  @Override
  public String name() {
    return "MNIST-1D";
  }

  @Override
  public OptionalInt trainingExamples() {
    int train = Mnist1dGenerator.trainCount(samples, trainFraction);
    return OptionalInt.of(train - StratifiedSplit.count("validation", validation, train, 8));
  }

  @Override
  public Optional<Signature> signature() {
    return Optional.of(new Signature(new Shape(length), Mnist1dGenerator.CLASSES));
  }

  @Override
  public Parts load() {
    Examples all = new Mnist1dGenerator(this).generate();
    int train = Mnist1dGenerator.trainCount(samples, trainFraction);
    int heldOut = StratifiedSplit.count("validation", validation, train, 8);
    Examples known = all.select(range(0, train));
    StratifiedSplit split = StratifiedSplit.of(known.labels(), heldOut, splitSeed);
    return new Parts(
        Mnist1dGenerator.CLASSES,
        known.select(split.kept()),
        known.select(split.heldOut()),
        () -> all.select(range(train, all.count())));
  }

  private static int[] range(int from, int to) {
    return IntStream.range(from, to).toArray();
  }

  public Mnist1d samples(int samples) {
    return new Mnist1d(
        samples, trainFraction, distortion, length, shuffledSequence, seed, validation, splitSeed);
  }

  public Mnist1d trainFraction(double trainFraction) {
    return new Mnist1d(
        samples, trainFraction, distortion, length, shuffledSequence, seed, validation, splitSeed);
  }

  public Mnist1d distortion(Distortion distortion) {
    return new Mnist1d(
        samples, trainFraction, distortion, length, shuffledSequence, seed, validation, splitSeed);
  }

  public Mnist1d length(int length) {
    return new Mnist1d(
        samples, trainFraction, distortion, length, shuffledSequence, seed, validation, splitSeed);
  }

  /** Permutes the points of all sequences in one common order: no two neighbours stay together. */
  public Mnist1d shuffledSequence(boolean shuffledSequence) {
    return new Mnist1d(
        samples, trainFraction, distortion, length, shuffledSequence, seed, validation, splitSeed);
  }

  public Mnist1d seed(long seed) {
    return new Mnist1d(
        samples, trainFraction, distortion, length, shuffledSequence, seed, validation, splitSeed);
  }

  /** Holds this many training samples out for validation. */
  public Mnist1d validation(int validation) {
    return new Mnist1d(
        samples,
        trainFraction,
        distortion,
        length,
        shuffledSequence,
        seed,
        Optional.of(validation),
        splitSeed);
  }

  public Mnist1d splitSeed(long splitSeed) {
    return new Mnist1d(
        samples, trainFraction, distortion, length, shuffledSequence, seed, validation, splitSeed);
  }

  /** Between {@code least} and {@code most} zeros after the template. */
  public Mnist1d padding(int least, int most) {
    return distortion(distortion.padding(least, most));
  }

  /** The template's share, in points, of the padded sequence. */
  public Mnist1d templateLength(int templateLength) {
    return distortion(distortion.templateLength(templateLength));
  }

  /** The width of the range around 1 from which the amplitude is drawn. */
  public Mnist1d scale(double scale) {
    return distortion(distortion.scale(scale));
  }

  /** Rotates a sequence by fewer points than this; at least 1. */
  public Mnist1d translation(int translation) {
    return distortion(distortion.translation(translation));
  }

  /** The standard deviation, before smoothing, of the noise in the padding. */
  public Mnist1d correlatedNoise(double correlatedNoise) {
    return distortion(distortion.correlatedNoise(correlatedNoise));
  }

  /** The standard deviation of the white noise. */
  public Mnist1d noise(double noise) {
    return distortion(distortion.noise(noise));
  }

  /** The width of the range around 0 from which the slope is drawn. */
  public Mnist1d shear(double shear) {
    return distortion(distortion.shear(shear));
  }
}
