package io.coppice.engines.sparse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.coppice.framework.execution.ExecutedNetwork;
import io.coppice.framework.execution.Execution;
import io.coppice.framework.execution.Form;
import io.coppice.framework.execution.LayerPlan;
import io.coppice.framework.execution.MedianTimer;
import io.coppice.framework.execution.VerdictFile;
import io.coppice.framework.execution.Verdicts;
import io.coppice.framework.network.Layer;
import io.coppice.framework.network.Model;
import io.coppice.framework.network.Network;
import io.coppice.framework.network.models.Lenet5Caffe;
import io.coppice.framework.network.models.Mlp;
import io.coppice.framework.optimize.EngineSupport;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Masked networks as the native operations run them. */
class NativeExecutionTest {
  private static final double TOLERANCE = 1e-5;

  private NDManager manager;

  @BeforeEach
  void open() {
    EngineSupport.find().start();
    manager = NDManager.newBaseManager(Device.cpu());
  }

  @AfterEach
  void close() {
    manager.close();
  }

  static Stream<Isa> instructionSets() {
    return NativeMachine.instructionSets().stream();
  }

  /** A linear network and one with convolutions. */
  private List<Network> networks() {
    return List.of(
        network(Mlp.of(48, 36), new Shape(24)), network(new Lenet5Caffe(), new Shape(1, 28, 28)));
  }

  /**
   * Masked as 2:4 allows, with nine of ten other weights removed too, and with every third unit but
   * those of the last layer gone altogether.
   */
  private Network network(Model model, Shape sample) {
    Network network = Network.initialise(model, sample, 10, 1, manager);
    Random random = new Random(3);
    List<Layer> layers = network.layers();
    for (Layer layer : layers) {
      boolean last = layer == layers.get(layers.size() - 1);
      float[] weights = layer.weight().toFloatArray();
      int columns = weights.length / (int) layer.outputs();
      for (int i = 0; i < weights.length; i++) {
        boolean gone = !last && i / columns % 3 == 1;
        boolean kept = !gone && i % columns % 4 < 2 && random.nextDouble() < 0.2;
        weights[i] = kept ? weights[i] : 0;
      }
      layer.weight().set(weights);
      float[] bias = Memory.normal((int) layer.outputs(), random).toArray();
      for (int unit = 0; !last && unit < bias.length; unit++) {
        bias[unit] = unit % 3 == 1 ? 0 : bias[unit];
      }
      layer.bias().getArray().set(bias);
    }
    return network;
  }

  private NDArray batch(Network network) {
    Shape shape = new Shape(9).addAll(network.sample());
    return manager.create(Memory.normal((int) shape.size(), new Random(4)).toArray(), shape);
  }

  /** Each layer in this form where its weights and the operations allow that. */
  private static Execution always(Isa isa, Form form) {
    return new Execution(
        new CpuOps(isa),
        8,
        List.of(new Form.Dense(), form),
        passes -> {
          passes.forEach(pass -> pass.run());
          return passes.size() == 1 ? new double[] {2} : new double[] {2, 1};
        },
        Verdicts.none());
  }

  private static List<Form> sparseForms() {
    return Form.all().stream().filter(Form.Sparse.class::isInstance).toList();
  }

  private static void assertAgree(NDArray expected, NDArray actual, Object what) {
    assertEquals(expected.getShape(), actual.getShape());
    float error = expected.sub(actual).abs().max().getFloat();
    float scale = expected.abs().max().getFloat();
    assertTrue(scale > 0 && error <= TOLERANCE * scale, () -> what + " differs by " + error);
  }

  @ParameterizedTest
  @MethodSource("instructionSets")
  void maskedSparseAndCompactedNetworksAgree(Isa isa) {
    for (Network masked : networks()) {
      Network compacted = masked.compact();
      assertFalse(shapes(masked).equals(shapes(compacted)));
      NDArray batch = batch(masked);
      NDArray expected = masked.forward(batch, false);
      assertAgree(expected, compacted.forward(batch, false), "compacted");
      for (Form form : sparseForms()) {
        try (ExecutedNetwork sparse = masked.execute(always(isa, form));
            ExecutedNetwork both = compacted.execute(always(isa, form))) {
          assertAgree(expected, sparse.forward(batch), form);
          assertAgree(expected, both.forward(batch), "compacted " + form);
        }
      }
    }
  }

  private static List<Shape> shapes(Network network) {
    return network.layers().stream().map(Layer::shape).toList();
  }

  @ParameterizedTest
  @MethodSource("instructionSets")
  void everyLinearLayerRunsInEveryForm(Isa isa) {
    Network network = networks().get(0);
    for (Form form : sparseForms()) {
      try (ExecutedNetwork executed = network.execute(always(isa, form))) {
        assertEquals(List.of(form, form, form), forms(executed));
      }
    }
  }

  private static List<Form> forms(ExecutedNetwork executed) {
    return executed.plan().layers().stream().map(layer -> layer.chosen().form()).toList();
  }

  /** With the clock, whatever it says. */
  @ParameterizedTest
  @MethodSource("instructionSets")
  void theChooserTakesWhatItTimedFastest(Isa isa, @TempDir Path folder) {
    for (Network network : networks()) {
      Execution auto =
          new Execution(
              new CpuOps(isa),
              16,
              Form.all(),
              MedianTimer.brief(),
              new VerdictFile(folder.resolve(network.model().name() + ".json")));
      NDArray batch = batch(network);
      NDArray expected = network.forward(batch, false);
      try (ExecutedNetwork first = network.execute(auto);
          ExecutedNetwork second = network.execute(auto)) {
        assertTrue(Form.all().containsAll(forms(first)), () -> "" + forms(first));
        for (LayerPlan layer : first.plan().layers()) {
          assertTrue(layer.trials().size() >= 4, layer::toString);
          assertTrue(layer.trials().stream().allMatch(trial -> trial.microseconds() > 0));
        }
        assertAgree(expected, first.forward(batch), first.plan());
        assertEquals(forms(first), forms(second));
        assertTrue(second.plan().layers().stream().allMatch(LayerPlan::remembered));
      }
    }
  }
}
