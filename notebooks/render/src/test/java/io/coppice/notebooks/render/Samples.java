package io.coppice.notebooks.render;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.LambdaBlock;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.recurrent.LSTM;
import io.coppice.framework.data.DataSource;
import io.coppice.framework.data.Parts;
import io.coppice.framework.data.Signature;
import io.coppice.framework.display.Displayable;
import io.coppice.framework.execution.ExecutionPlan;
import io.coppice.framework.execution.Form;
import io.coppice.framework.execution.LayerPlan;
import io.coppice.framework.film.Film;
import io.coppice.framework.film.Frame;
import io.coppice.framework.film.GateMoment;
import io.coppice.framework.film.Gates;
import io.coppice.framework.method.Dense;
import io.coppice.framework.method.Method;
import io.coppice.framework.method.gates.Gating;
import io.coppice.framework.method.gates.Switcher;
import io.coppice.framework.method.pruning.Magnitude;
import io.coppice.framework.method.pruning.Pruner;
import io.coppice.framework.network.Network;
import io.coppice.framework.network.models.CustomModel;
import io.coppice.framework.network.models.Lenet5Caffe;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.optimize.Sgd;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.results.Column;
import io.coppice.framework.results.Results;
import io.coppice.framework.run.RunStore;
import io.coppice.framework.run.Study;
import io.coppice.framework.sparsity.Allocation;
import io.coppice.framework.sparsity.Granularity;
import io.coppice.framework.sparsity.Mask;
import io.coppice.framework.sparsity.Schedule;
import io.coppice.framework.training.LearningRates;
import io.coppice.framework.training.TrainingRecipe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.knowm.xchart.XYChart;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** One of everything that is shown, of a plausible size. */
final class Samples {
  private Samples() {}

  static Map<String, Displayable> all(NDManager manager) {
    Map<String, Displayable> all = new LinkedHashMap<>();
    all.put("network", network(manager));
    all.put("mask", mask(300, 784, 0.16, manager));
    all.put("small-mask", mask(12, 40, 0.3, manager));
    all.put("execution-plan", plan());
    all.put("study", study());
    all.put("running", SampleRuns.running());
    all.put("table", TableView.of(table(7, 300)));
    all.put("wide-table", TableView.of(table(40, 12)));
    Results results = SampleRuns.results();
    all.put("results", results);
    all.put("chart-of-results", results.chart(Column.CR, Column.ACCURACY));
    all.put("learning-curves", results.learningCurves());
    all.put("baseline", results.baseline("rigl 20 %"));
    all.put("pairs", TableView.of(results.pairs()));
    all.put("collapsed", SampleRuns.collapsed());
    all.put("one-seed", SampleRuns.oneSeed());
    all.put("card", study().card(new RunStore(Path.of("target", "no-runs"))));
    all.put("method", Switcher.repaired(Gating.CONNECTIONS, 53_000));
    all.put("long-names", longNames(manager));
    all.put("kernels", kernels(manager));
    all.put("strip", strip());
    all.put("film", film());
    all.put("gates", film().gates("a"));
    all.put("gate curve", film().gateCurve());
    NDArray values = manager.randomNormal(0, 1, new Shape(64, 128), DataType.FLOAT32);
    all.put("array", ArrayView.of(values));
    XYChart chart = new XYChart(700, 300);
    chart.addSeries("dense", new double[] {1, 2, 3}, new double[] {3, 4, 9});
    all.put("chart", ChartView.of(chart));
    return all;
  }

  private static Network network(NDManager manager) {
    Network network = Network.initialise(new Lenet5Caffe(), new Shape(28, 28), 10, 3, manager);
    network.layers().forEach(layer -> thin(layer.weight()));
    return network;
  }

  private static void thin(NDArray weight) {
    weight.muli(weight.abs().gt(weight.abs().mean().mul(1.2)).toType(DataType.FLOAT32, true));
  }

  private static Displayable mask(int out, int in, double keep, NDManager manager) {
    Random random = new Random(1);
    float[] weights = new float[out * in];
    float[] scores = new float[out * in];
    for (int i = 0; i < weights.length; i++) {
      double column = Math.exp(-Math.pow((i % in) / (double) in - 0.5, 2) * 12);
      weights[i] = (float) (0.05 * random.nextGaussian() * (0.3 + column));
      scores[i] = Math.abs(weights[i]);
    }
    Shape shape = new Shape(out, in);
    return Mask.best(shape, scores, (int) (keep * out * in)).on(manager.create(weights, shape));
  }

  private static ExecutionPlan plan() {
    Form csr = new Form.Sparse(new Layout.Csr());
    Form blocks = new Form.Sparse(new Layout.Blocks(16, 1));
    Form dense = new Form.Dense();
    return new ExecutionPlan(
        List.of(
            new LayerPlan(
                "fc1",
                300,
                784,
                0.93,
                64,
                List.of(
                    new LayerPlan.Trial(dense, 212.5, 940_800),
                    new LayerPlan.Trial(csr, 61.25, 132_000),
                    new LayerPlan.Trial(blocks, 70.1, 260_000)),
                false),
            new LayerPlan(
                "fc2",
                10,
                300,
                0.42,
                64,
                List.of(
                    new LayerPlan.Trial(dense, 2.5, 12_000), new LayerPlan.Trial(csr, 4.0, 14_000)),
                true)));
  }

  /** Knows its size and is not read. */
  record Digits() implements DataSource {
    @Override
    public Optional<Signature> signature() {
      return Optional.of(new Signature(new Shape(1, 28, 28), 10));
    }

    @Override
    public String name() {
      return "MNIST-1D";
    }

    @Override
    public OptionalInt trainingExamples() {
      return OptionalInt.of(3500);
    }

    @Override
    public Parts load() {
      throw new IllegalStateException("a card loads nothing");
    }
  }

  static Study study() {
    Method pruner =
        new Pruner(
            new Magnitude(),
            new Granularity.Block(4, 1, Granularity.Pooling.MEAN),
            new Allocation.Global(),
            Schedule.Polynomial.cubic(Time.epochs(2), Time.percent(70), Time.steps(100)),
            0.2);
    return new Study(
        "An MLP on MNIST-1D, cut to a fifth",
        new Digits(),
        new Lenet5Caffe(),
        new TrainingRecipe(
            new Sgd(0.05, 0.9, false, 0), new LearningRates.Cosine(0), 50, Time.epochs(40), 0, 0.1),
        List.of(new Dense(), pruner, pruner.named(SampleRuns.LONG)),
        List.of(1L, 2L, 3L));
  }

  private static Table table(int columns, int rows) {
    Random random = new Random(2);
    Table table =
        Table.create(
            "runs",
            StringColumn.create(
                "method",
                IntStream.range(0, rows).mapToObj(i -> SampleRuns.METHODS.get(i % 6)).toList()),
            IntColumn.create("seed", IntStream.range(0, rows).map(i -> i % 3 + 1).toArray()));
    for (int c = 2; c < columns; c++) {
      String name = c == 2 ? "latency_us" : c == 3 ? "loss (nats)" : "metric " + c;
      double scale = Math.pow(10, c % 5 - 1);
      DoubleColumn column = DoubleColumn.create(name);
      for (int r = 0; r < rows; r++) {
        if (random.nextInt(20) == 0) {
          column.appendMissing();
        } else {
          column.append(scale * random.nextDouble());
        }
      }
      table.addColumns(column);
    }
    return table;
  }

  /** The weights of recurrent layers are named after their place in them. */
  private static Network longNames(NDManager manager) {
    return Network.initialise(
        new CustomModel("three recurrent layers with <b>long</b> names", Samples::recurrent),
        new Shape(40),
        10,
        3,
        manager);
  }

  private static Block recurrent() {
    return new SequentialBlock()
        .add(new LambdaBlock(in -> new NDList(in.singletonOrThrow().expandDims(-1))))
        .add(LSTM.builder().setNumLayers(3).setStateSize(12).optBidirectional(true).build())
        .add(Blocks.batchFlattenBlock())
        .add(Linear.builder().setUnits(10).build());
  }

  /** The weights [20, 8, 5, 5] of a convolution. */
  private static Displayable kernels(NDManager manager) {
    NDArray weights = manager.randomNormal(0, 1, new Shape(20, 8, 5, 5), DataType.FLOAT32);
    return Mask.best(weights.getShape(), weights.abs().toFloatArray(), 900).on(weights);
  }

  private static Mask thinned(int rows, int columns, double keep, long seed) {
    Random random = new Random(seed);
    return Mask.at(
        new Shape(rows, columns),
        IntStream.range(0, rows * columns).filter(i -> random.nextDouble() < keep).toArray());
  }

  private static Displayable strip() {
    Map<String, Mask> masks = new LinkedHashMap<>();
    masks.put("fc1", thinned(300, 784, 0.1, 1));
    masks.put("fc2", thinned(100, 300, 0.1, 2));
    masks.put("fc3", thinned(10, 100, 0.6, 3));
    return Mask.strip("Global", masks);
  }

  private static Film film() {
    List<Frame> frames = new ArrayList<>();
    List<GateMoment> steps = new ArrayList<>();
    for (int e = 0; e <= 10; e++) {
      float[] gates = new float[60];
      for (int i = 0; i < gates.length; i++) {
        gates[i] = Math.max(0, 1 + 0.2f * e * (float) Math.sin(i * i));
      }
      frames.add(
          new Frame(
              e == 0 ? "start" : "epoch " + e,
              e == 0 ? Optional.empty() : Optional.of(SampleRuns.epochs(0.9, 1, 10).get(e - 1)),
              Map.of("a", thinned(60, 60, 1 - 0.08 * e, e)),
              Map.of("a", new Gates(1, 60, gates))));
      steps.add(new GateMoment(100 * e, Map.of("a", (long) new Gates(1, 60, gates).open())));
    }
    return new Film("switcher neurons ≤ 1200", 1, frames, steps, Optional.of("nothing is left"));
  }
}
