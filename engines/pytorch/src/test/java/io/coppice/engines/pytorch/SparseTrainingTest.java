package io.coppice.engines.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Model;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Parameter;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.training.DefaultTrainingConfig;
import ai.djl.training.EasyTrain;
import ai.djl.training.GradientCollector;
import ai.djl.training.Trainer;
import ai.djl.training.dataset.ArrayDataset;
import ai.djl.training.loss.Loss;
import ai.djl.training.optimizer.Optimizer;
import ai.djl.training.tracker.Tracker;
import io.coppice.framework.autograd.Autograd;
import io.coppice.framework.blocks.SparseLinear;
import io.coppice.framework.data.DataSource;
import io.coppice.framework.data.Examples;
import io.coppice.framework.data.Parts;
import io.coppice.framework.method.Dense;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.optimize.Sgd;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.training.LearningRates;
import io.coppice.framework.training.Plan;
import io.coppice.framework.training.Training;
import io.coppice.framework.training.TrainingRecipe;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class SparseTrainingTest {
  private static final int HIDDEN = 64;

  /** Two interleaved classes that a linear rule cannot part: the sign of a product. */
  record Quadrants(int count) implements DataSource {
    @Override
    public String name() {
      return "quadrants";
    }

    @Override
    public Parts load() {
      return new Parts(2, part(count, 1), part(500, 2), () -> part(500, 3));
    }

    static Examples part(int count, long seed) {
      Random random = new Random(seed);
      float[] features = new float[2 * count];
      int[] labels = new int[count];
      for (int i = 0; i < count; i++) {
        features[2 * i] = (float) random.nextGaussian();
        features[2 * i + 1] = (float) random.nextGaussian();
        labels[i] = features[2 * i] * features[2 * i + 1] > 0 ? 1 : 0;
      }
      return new Examples(features, labels, new Shape(2));
    }
  }

  /** Two sparse layers into one another, between dense ones. */
  record SparseMlp(double density) implements io.coppice.framework.network.Model {
    @Override
    public String name() {
      return "sparse mlp";
    }

    @Override
    public Block block(Shape sample, int classes) {
      return new SequentialBlock()
          .add(Linear.builder().setUnits(HIDDEN).build())
          .add(array -> new NDList(array.get(0).tanh()))
          .add(SparseLinear.builder(topology(new Layout.Csr(), 1)).relu(true).build())
          .add(SparseLinear.builder(topology(new Layout.Blocks(4, 1), 2)).relu(true).build())
          .add(Linear.builder().setUnits(classes).build());
    }

    Topology topology(Layout layout, long seed) {
      Random random = new Random(seed);
      boolean[] mask = new boolean[HIDDEN * HIDDEN];
      for (int i = 0; i < mask.length; i++) {
        mask[i] = random.nextDouble() < density;
      }
      return Topology.of(layout, HIDDEN, HIDDEN, mask);
    }
  }

  private static Plan plan(long seed) {
    return new Plan(
        new Quadrants(1000),
        new SparseMlp(0.1),
        new TrainingRecipe(
            new Sgd(0.1, 0.9, false, 0), new LearningRates.Cosine(0), 50, Time.epochs(8), 0, 0),
        new Dense(),
        seed);
  }

  private record Outcome(double accuracy, double loss, float[] values) {}

  private static Outcome run(long seed) {
    try (Training training = new Training(plan(seed), new Quadrants(1000).load())) {
      while (!training.done()) {
        training.nextEpoch();
      }
      double accuracy = training.rows().get(7).validationAccuracy();
      Map<String, Parameter> parameters = training.network().parameters();
      String values =
          parameters.keySet().stream().filter(name -> name.endsWith("values")).findFirst().get();
      float[] weights = parameters.get(values).getArray().toFloatArray();
      return new Outcome(accuracy, training.rows().get(7).trainLoss(), weights);
    }
  }

  @Test
  void theLoopTrainsSparseLayers() {
    Outcome first = run(5);
    assertTrue(first.accuracy() > 0.94, () -> "accuracy " + first.accuracy());
    Outcome again = run(5);
    assertArrayEquals(first.values(), again.values());
    assertEquals(first.loss(), again.loss());
  }

  @Test
  void twoTrainingsRunAtOnce() throws Exception {
    new PyTorchSupport().start();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Callable<Outcome> training = () -> run(6);
      Future<Outcome> one = threads.submit(training);
      Future<Outcome> other = threads.submit(training);
      assertTrue(one.get().accuracy() > 0.9);
      assertTrue(other.get().accuracy() > 0.9);
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void aTrainerOfDjlTrainsThemWithTheTapesCollector() throws Exception {
    new PyTorchSupport().start();
    Autograd autograd = Autograd.find();
    DefaultTrainingConfig config =
        new DefaultTrainingConfig(Loss.softmaxCrossEntropyLoss())
            .optOptimizer(
                Optimizer.sgd()
                    .setLearningRateTracker(Tracker.fixed(0.1f))
                    .optMomentum(0.9f)
                    .build());
    try (Model model = Model.newInstance("sparse");
        NDManager manager = NDManager.newBaseManager()) {
      model.setBlock(new SparseMlp(0.1).block(new Shape(2), 2));
      try (Trainer trainer =
          new Trainer(model, config) {
            @Override
            public GradientCollector newGradientCollector() {
              return autograd.gradientCollector();
            }
          }) {
        trainer.initialize(new Shape(50, 2));
        Examples examples = Quadrants.part(1000, 1);
        NDArray x = manager.create(examples.features(), new Shape(1000, 2));
        NDArray labels = manager.create(examples.labels());
        EasyTrain.fit(
            trainer,
            8,
            new ArrayDataset.Builder().setData(x).optLabels(labels).setSampling(50, true).build(),
            null);
        NDArray right = trainer.evaluate(new NDList(x)).get(0).argMax(1).eq(labels);
        assertTrue(right.countNonzero().getLong() > 900, () -> "right " + right.countNonzero());
      }
    }
  }
}
