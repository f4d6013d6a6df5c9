package io.coppice.dsl;

import ai.djl.nn.Block;
import io.coppice.datasets.Cifar10;
import io.coppice.datasets.Cifar100;
import io.coppice.datasets.FashionMnist;
import io.coppice.datasets.ImageFolder;
import io.coppice.datasets.Mnist;
import io.coppice.datasets.Mnist1d;
import io.coppice.datasets.TableData;
import io.coppice.framework.execution.Execution;
import io.coppice.framework.method.Dense;
import io.coppice.framework.method.Method;
import io.coppice.framework.method.growth.StaticSparse;
import io.coppice.framework.method.pruning.Gradient;
import io.coppice.framework.method.pruning.Magnitude;
import io.coppice.framework.method.pruning.Random;
import io.coppice.framework.method.sharing.Ddp;
import io.coppice.framework.network.models.CustomModel;
import io.coppice.framework.network.models.LeNet300100;
import io.coppice.framework.network.models.Lenet5Caffe;
import io.coppice.framework.network.models.Mlp;
import io.coppice.framework.network.models.Mnist1dCnn;
import io.coppice.framework.network.models.Mnist1dGru;
import io.coppice.framework.network.models.Mnist1dMlp;
import io.coppice.framework.ops.Precision;
import io.coppice.framework.optimize.Adam;
import io.coppice.framework.optimize.Sgd;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.results.Column;
import io.coppice.framework.sparsity.Saliency;
import io.coppice.framework.training.LearningRate;
import io.coppice.framework.training.LearningRates;
import java.util.function.Supplier;
import tech.tablesaw.api.Table;

/**
 * The words of a study, for {@code import static}. A word that carries an {@link Entry} is a row of
 * the catalogue; that mark is all there is to register.
 */
public final class Coppice {
  private Coppice() {}

  /** Begins a study. */
  public static StudyWords study(String name) {
    return StudyWords.begin(name);
  }

  // ---- methods

  @Entry(kind = Entry.Kind.METHOD, summary = "The network as it is: the baseline of every table")
  public static Method dense() {
    return new Dense();
  }

  @Entry(kind = Entry.Kind.METHOD, summary = "Prunes at random: the floor of every table")
  public static PruningWords random() {
    return PruningWords.of(new Random());
  }

  @Entry(
      kind = Entry.Kind.METHOD,
      summary = "Prunes the weights nearest to 0",
      paper = "Han et al. 2015")
  public static PruningWords magnitude() {
    return PruningWords.of(new Magnitude());
  }

  @Entry(
      kind = Entry.Kind.METHOD,
      summary = "Prunes the weights whose removal changes the loss least, to first order",
      paper = "Molchanov et al. 2017")
  public static PruningWords gradient() {
    return PruningWords.of(new Gradient());
  }

  @Entry(kind = Entry.Kind.METHOD, summary = "A random sparse network that keeps its topology")
  public static StaticWords staticSparse() {
    return StaticSparse::of;
  }

  @Entry(
      kind = Entry.Kind.METHOD,
      summary = "Sparse training: drops the smallest weights, grows at random",
      paper = "Mocanu et al. 2018")
  public static TopologyWords set() {
    return TopologyWords.set();
  }

  @Entry(
      kind = Entry.Kind.METHOD,
      summary = "Sparse training: drops the smallest weights, grows where the gradient is largest",
      paper = "Evci et al. 2020")
  public static TopologyWords rigl() {
    return TopologyWords.rigl();
  }

  @Entry(
      kind = Entry.Kind.METHOD,
      summary = "Hard concrete gates with a penalty on the expected number of weights",
      paper = "Louizos et al. 2018")
  public static GateWords.OfL0 l0() {
    return new GateWords.OfL0();
  }

  @Entry(
      kind = Entry.Kind.METHOD,
      summary = "A network that reads the weights and switches neurons or connections",
      paper = "Han, Liu, Hai and Li")
  public static GateWords.OfSwitcher switcher() {
    return new GateWords.OfSwitcher();
  }

  @Entry(
      kind = Entry.Kind.METHOD,
      summary = "A penalty that draws weights together, and to 0; equal ones are tied",
      paper = "Wang et al. 2017")
  public static Ddp ddp(double lambda) {
    return Ddp.of(lambda);
  }

  @Entry(
      kind = Entry.Kind.METHOD,
      summary = "One method after another: a warm start, or distillation from the first network",
      paper = "Hinton et al. 2015")
  public static SequelWords first(Method method, Time length) {
    return SequelWords.of(method, length);
  }

  /** Prunes by a saliency of the user's own, such as {@code Saliency.named("mine", ...)}. */
  public static PruningWords pruning(Saliency saliency) {
    return PruningWords.of(saliency);
  }

  // ---- models

  @Entry(
      kind = Entry.Kind.MODEL,
      summary = "Two hidden layers of 300 and 100 neurons",
      paper = "LeCun et al. 1998")
  public static LeNet300100 lenet300100() {
    return new LeNet300100();
  }

  @Entry(
      kind = Entry.Kind.MODEL,
      summary = "Two convolutions of 20 and 50 channels and 500 neurons",
      paper = "LeCun et al. 1998")
  public static Lenet5Caffe lenet5Caffe() {
    return new Lenet5Caffe();
  }

  @Entry(kind = Entry.Kind.MODEL, summary = "Fully connected layers with the hidden widths given")
  public static Mlp mlp(int... hidden) {
    return Mlp.of(hidden);
  }

  @Entry(
      kind = Entry.Kind.MODEL,
      summary = "The fully connected network of MNIST-1D",
      paper = "Greydanus and Kobak 2024")
  public static Mnist1dMlp mnist1dMlp() {
    return new Mnist1dMlp();
  }

  @Entry(
      kind = Entry.Kind.MODEL,
      summary = "The convolutional network of MNIST-1D",
      paper = "Greydanus and Kobak 2024")
  public static Mnist1dCnn mnist1dCnn() {
    return new Mnist1dCnn();
  }

  @Entry(
      kind = Entry.Kind.MODEL,
      summary = "The recurrent network of MNIST-1D",
      paper = "Greydanus and Kobak 2024")
  public static Mnist1dGru mnist1dGru() {
    return new Mnist1dGru();
  }

  @Entry(kind = Entry.Kind.MODEL, summary = "Any DJL block, under a name that stands for its code")
  public static CustomModel custom(String name, Supplier<Block> block) {
    return new CustomModel(name, block);
  }

  // ---- data

  @Entry(
      kind = Entry.Kind.DATA,
      summary = "5,000 generated sequences of 40 points, 10 classes; needs no file",
      paper = "Greydanus and Kobak 2024")
  public static Mnist1d mnist1d() {
    return new Mnist1d();
  }

  @Entry(
      kind = Entry.Kind.DATA,
      summary = "70,000 handwritten digits of 28×28 pixels, 10 classes",
      paper = "LeCun et al. 1998")
  public static Mnist mnist() {
    return new Mnist();
  }

  @Entry(
      kind = Entry.Kind.DATA,
      summary = "70,000 pieces of clothing of 28×28 pixels, 10 classes",
      paper = "Xiao et al. 2017")
  public static FashionMnist fashionMnist() {
    return new FashionMnist();
  }

  @Entry(
      kind = Entry.Kind.DATA,
      summary = "60,000 colour pictures of 32×32 pixels, 10 classes",
      paper = "Krizhevsky 2009")
  public static Cifar10 cifar10() {
    return new Cifar10();
  }

  @Entry(
      kind = Entry.Kind.DATA,
      summary = "60,000 colour pictures of 32×32 pixels, 100 classes",
      paper = "Krizhevsky 2009")
  public static Cifar100 cifar100() {
    return new Cifar100();
  }

  @Entry(kind = Entry.Kind.DATA, summary = "PNG and JPEG pictures in a folder or zip, by class")
  public static ImageFolder imageFolder(String path) {
    return ImageFolder.of(path);
  }

  @Entry(kind = Entry.Kind.DATA, summary = "The rows of a CSV file or Tablesaw table")
  public static TableData table(String csv, String label) {
    return TableData.of(csv, label);
  }

  /** The rows of a Tablesaw table; {@code label} names the column of classes. */
  public static TableData table(Table rows, String label) {
    return TableData.of(rows, label);
  }

  // ---- training

  /** Stochastic gradient descent with this learning rate. */
  public static SgdTraining sgd(double learningRate) {
    return new SgdTraining(new Sgd(learningRate, 0, false, 0), TrainingWords.Common.DEFAULT);
  }

  /** Adam with this learning rate. */
  public static AdamTraining adam(double learningRate) {
    return new AdamTraining(Adam.of(learningRate), TrainingWords.Common.DEFAULT);
  }

  /** Adam with decoupled weight decay. */
  public static AdamTraining adamW(double learningRate, double weightDecay) {
    Adam adam = new Adam(learningRate, 0.9, 0.999, 1e-8, weightDecay, true);
    return new AdamTraining(adam, TrainingWords.Common.DEFAULT);
  }

  /** The learning rate stays. */
  public static LearningRate constant() {
    return new LearningRates.Constant();
  }

  /** The learning rate falls to 0 along half a cosine. */
  public static LearningRate cosine() {
    return new LearningRates.Cosine(0);
  }

  /** The learning rate is multiplied by {@code factor} every so often. */
  public static LearningRate stepDecay(Time every, double factor) {
    return new LearningRates.StepDecay(every, factor);
  }

  /**
   * The learning rate is multiplied by {@code factor} when validation stalls for so many epochs.
   */
  public static LearningRate plateau(double factor, int patience) {
    return new LearningRates.Plateau(factor, patience);
  }

  /** The learning rate rises linearly at first, then follows {@code next}. */
  public static LearningRate warmUp(Time length, LearningRate next) {
    return new LearningRates.WarmUp(length, next);
  }

  // ---- time and courses

  /** So many passes over the training part. */
  public static Time epochs(double count) {
    return Time.epochs(count);
  }

  /** So many optimiser steps. */
  public static Time steps(long count) {
    return Time.steps(count);
  }

  /** A share of the whole training. */
  public static Time percent(double share) {
    return Time.percent(share);
  }

  /** Pruning that is fast at first and slow at last; Zhu and Gupta 2017. */
  public static Gradual cubic() {
    return Gradual.of(3);
  }

  /** Pruning along a polynomial; 1 is linear, 3 is {@link #cubic}. */
  public static Gradual polynomial(double exponent) {
    return Gradual.of(exponent);
  }

  // ---- running what was trained

  /** Runs each layer in the form that is fastest on this machine, for batches of 64. */
  public static Execution fastest() {
    return Execution.auto();
  }

  /** What {@link Execution#precision} takes for tensor cores: 8 binary digits, sums in float32. */
  public static final Precision BFLOAT16 = Precision.BFLOAT16;

  // ---- columns of a chart

  /** Compression ratio: all weights by those that stay. */
  public static final Column CR = Column.CR;

  /** Test accuracy. */
  public static final Column ACCURACY = Column.ACCURACY;

  /** Weights that stay. */
  public static final Column NONZERO = Column.NONZERO;
}
