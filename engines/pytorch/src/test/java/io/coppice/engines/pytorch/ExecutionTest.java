package io.coppice.engines.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import io.coppice.framework.execution.ExecutedNetwork;
import io.coppice.framework.execution.Execution;
import io.coppice.framework.execution.Form;
import io.coppice.framework.execution.LayerPlan;
import io.coppice.framework.execution.MedianTimer;
import io.coppice.framework.execution.PassTimer;
import io.coppice.framework.execution.VerdictFile;
import io.coppice.framework.network.Layer;
import io.coppice.framework.network.Model;
import io.coppice.framework.network.Network;
import io.coppice.framework.network.models.CustomModel;
import io.coppice.framework.network.models.Lenet5Caffe;
import io.coppice.framework.network.models.Mlp;
import io.coppice.framework.network.models.Mnist1dCnn;
import io.coppice.framework.ops.JavaOps;
import io.coppice.framework.ops.Layout.Csr;
import io.coppice.framework.recipe.RecipeException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExecutionTest {
  private static final Form DENSE = new Form.Dense();
  private static final Form CSR = new Form.Sparse(new Csr());

  @TempDir Path folder;
  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  private Network network(double sparsity) {
    Network network = Network.initialise(Mlp.of(40, 30), new Shape(20), 10, 1, manager);
    Random random = new Random(3);
    for (Layer layer : network.layers()) {
      layer.weight().set(thinned(layer.weight().toFloatArray(), sparsity, random));
      float[] bias = new float[(int) layer.outputs()];
      for (int i = 0; i < bias.length; i++) {
        bias[i] = (float) random.nextGaussian();
      }
      layer.bias().getArray().set(bias);
    }
    return network;
  }

  /** Leaves the first two of every four columns, as 2:4 asks. */
  private static void thinToGroups(Network network) {
    for (Layer layer : network.layers()) {
      float[] weights = layer.weight().toFloatArray();
      long columns = layer.shape().get(1);
      for (int i = 0; i < weights.length; i++) {
        weights[i] = i % columns % 4 < 2 ? weights[i] : 0;
      }
      layer.weight().set(weights);
    }
  }

  /** In this form every layer is fastest. */
  private Execution always(Form fastest, List<Form> forms) {
    PassTimer timer =
        passes -> {
          double[] times = new double[passes.size()];
          for (int i = 0; i < times.length; i++) {
            passes.get(i).run();
            times[i] = forms.get(i).equals(fastest) ? 1 : 2;
          }
          return times;
        };
    return new Execution(
        new JavaOps(), 8, forms, timer, new VerdictFile(folder.resolve("verdicts.json")));
  }

  private static void assertAgree(NDArray expected, NDArray actual) {
    assertEquals(expected.getShape(), actual.getShape());
    float scale = expected.abs().max().getFloat();
    assertArrayEquals(expected.toFloatArray(), actual.toFloatArray(), 1e-5f * scale);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 0.9, 1})
  void everyFormGivesTheNetworksOutputs(double sparsity) {
    Network network = network(sparsity);
    thinToGroups(network);
    NDArray batch = manager.randomNormal(0, 1, new Shape(5, 20), DataType.FLOAT32);
    NDArray expected = network.forward(batch, false);
    for (Form form : Form.all()) {
      List<Form> forms = form.equals(DENSE) ? List.of(DENSE) : List.of(DENSE, form);
      try (ExecutedNetwork executed = network.execute(always(form, forms))) {
        assertEquals(
            List.of(form, form, form),
            executed.plan().layers().stream().map(layer -> layer.chosen().form()).toList());
        assertAgree(expected, executed.forward(batch));
      }
    }
    assertAgree(expected, network.forward(batch, false));
  }

  private static void sparsify(Network network, double sparsity) {
    Random random = new Random(3);
    for (Layer layer : network.layers()) {
      layer.weight().set(thinned(layer.weight().toFloatArray(), sparsity, random));
    }
  }

  private static float[] thinned(float[] weights, double sparsity, Random random) {
    for (int i = 0; i < weights.length; i++) {
      weights[i] = random.nextDouble() < sparsity ? 0 : weights[i];
    }
    return weights;
  }

  /** Both convolutions and both linear layers of LeNet-5, with their ReLUs. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void convolutionsRunSparsely(boolean biases) {
    Network network =
        Network.initialise(new Lenet5Caffe().biases(biases), new Shape(1, 28, 28), 10, 1, manager);
    sparsify(network, 0.9);
    NDArray batch = manager.randomNormal(0, 1, new Shape(3, 1, 28, 28), DataType.FLOAT32);
    try (ExecutedNetwork executed = network.execute(always(CSR, List.of(DENSE, CSR)))) {
      assertEquals(
          List.of("conv1", "conv2", "fc1", "fc2"),
          executed.plan().layers().stream().map(LayerPlan::layer).toList());
      assertEquals(
          List.of(8, 8, 8, 8), executed.plan().layers().stream().map(LayerPlan::batch).toList());
      assertAgree(network.forward(batch, false), executed.forward(batch));
    }
  }

  /** The linear layer changes its form, the convolutions over time stay. */
  @Test
  void convolutionsOverTimeStayDense() {
    Network network = Network.initialise(new Mnist1dCnn(), new Shape(40), 10, 1, manager);
    sparsify(network, 0.8);
    NDArray batch = manager.randomNormal(0, 1, new Shape(3, 40), DataType.FLOAT32);
    try (ExecutedNetwork executed = network.execute(always(CSR, List.of(DENSE, CSR)))) {
      assertEquals(1, executed.plan().layers().size());
      assertAgree(network.forward(batch, false), executed.forward(batch));
    }
  }

  /** Strides, paddings and groups; what differs by axis or is dilated stays dense. */
  @Test
  void convolutionsOfEveryKindAgree() {
    Model model =
        new CustomModel(
            "convolutions",
            () ->
                new SequentialBlock()
                    .add(
                        convolution(6)
                            .optStride(new Shape(2, 2))
                            .optPadding(new Shape(1, 1))
                            .build())
                    .add(Activation.reluBlock())
                    .add(convolution(4).optGroups(2).optBias(false).build())
                    .add(Activation.tanhBlock())
                    .add(convolution(5).optPadding(new Shape(2, 1)).build())
                    .add(convolution(3).optDilation(new Shape(2, 2)).build())
                    .add(ai.djl.nn.Blocks.batchFlattenBlock())
                    .add(Linear.builder().setUnits(3).build()));
    Network network = Network.initialise(model, new Shape(2, 17, 16), 3, 1, manager);
    sparsify(network, 0.5);
    NDArray batch = manager.randomNormal(0, 1, new Shape(4, 2, 17, 16), DataType.FLOAT32);
    try (ExecutedNetwork executed = network.execute(always(CSR, List.of(DENSE, CSR)))) {
      assertEquals(
          List.of("conv1", "conv2", "fc1"),
          executed.plan().layers().stream().map(LayerPlan::layer).toList());
      assertAgree(network.forward(batch, false), executed.forward(batch));
    }
  }

  private static Conv2d.Builder convolution(int channels) {
    return Conv2d.builder().setKernelShape(new Shape(3, 3)).setFilters(channels);
  }

  @Test
  void onlyLayersWithSparseFormsChange() {
    Model model =
        new CustomModel(
            "image",
            () ->
                new SequentialBlock()
                    .add(Conv2d.builder().setKernelShape(new Shape(3, 3)).setFilters(2).build())
                    .add(Activation.reluBlock())
                    .add(
                        new SequentialBlock()
                            .add(ai.djl.nn.Blocks.batchFlattenBlock())
                            .add(Linear.builder().setUnits(6).optBias(false).build())
                            .add(Activation.tanhBlock()))
                    .add(Linear.builder().setUnits(3).build()));
    Network network = Network.initialise(model, new Shape(1, 5, 5), 3, 1, manager);
    NDArray batch = manager.randomNormal(0, 1, new Shape(4, 1, 5, 5), DataType.FLOAT32);
    try (ExecutedNetwork executed = network.execute(always(CSR, List.of(DENSE, CSR)))) {
      assertEquals(
          List.of("conv1", "fc1", "fc2"),
          executed.plan().layers().stream().map(LayerPlan::layer).toList());
      assertAgree(network.forward(batch, false), executed.forward(batch));
    }
  }

  @Test
  void autoTimesOnThisMachineAndRemembers() {
    Network network = network(0.9);
    Execution auto =
        new Execution(
            new JavaOps(),
            16,
            Form.all(),
            new MedianTimer(),
            new VerdictFile(folder.resolve("verdicts.json")));
    try (ExecutedNetwork first = network.execute(auto);
        ExecutedNetwork second = network.execute(auto)) {
      for (LayerPlan layer : first.plan().layers()) {
        assertTrue(layer.trials().size() >= 4, layer::toString);
        assertTrue(layer.speedUp() >= 1, layer::toString);
      }
      assertTrue(second.plan().layers().stream().allMatch(LayerPlan::remembered));
      assertTrue(first.plan().toString().contains("fc1"));
    }
  }

  @Test
  void outputsThatDifferAreRefused() {
    Network network = network(0.5);
    Execution wrong = always(CSR, List.of(DENSE, CSR)).ops(new WrongOps());
    IllegalStateException refused =
        assertThrows(IllegalStateException.class, () -> network.execute(wrong));
    assertTrue(refused.getMessage().startsWith("the executed network's outputs differ by"));
  }

  @Test
  void refusesNoExamples() {
    RecipeException refused = assertThrows(RecipeException.class, () -> Execution.auto().batch(0));
    assertTrue(refused.getMessage().contains("batch"), refused::getMessage);
  }
}
