package io.coppice.engines.sparse.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import io.coppice.framework.execution.ExecutedNetwork;
import io.coppice.framework.execution.Execution;
import io.coppice.framework.execution.Form;
import io.coppice.framework.execution.PassTimer;
import io.coppice.framework.execution.Verdicts;
import io.coppice.framework.network.Layer;
import io.coppice.framework.network.Model;
import io.coppice.framework.network.Network;
import io.coppice.framework.network.models.CustomModel;
import io.coppice.framework.network.models.Mlp;
import io.coppice.framework.ops.JavaOps;
import io.coppice.framework.ops.Precision;
import io.coppice.framework.optimize.EngineSupport;
import io.coppice.framework.recipe.RecipeException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Networks whose layers a GPU runs, as {@link EmulatedDevice} does. */
class CudaExecutionTest {
  private static final int EXAMPLES = 5;

  /** Where one layer to three run in bfloat16. */
  private static final double TOLERANCE = 1 / 64.0;

  private NDManager manager;
  private EmulatedDevice device;

  @BeforeEach
  void open() {
    EngineSupport.find().start();
    manager = NDManager.newBaseManager(Device.cpu());
    device = EmulatedDevice.ofTheHost();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  /** Of each four columns the first two are kept, and half of what remains. */
  private Network network(Model model, Shape sample) {
    Network network = Network.initialise(model, sample, 10, 1, manager);
    Random random = new Random(3);
    for (Layer layer : network.layers()) {
      float[] weights = layer.weight().toFloatArray();
      int columns = weights.length / (int) layer.outputs();
      for (int i = 0; i < weights.length; i++) {
        boolean kept = i % columns % 4 < 2 && random.nextBoolean();
        weights[i] = kept ? weights[i] : 0;
      }
      layer.weight().set(weights);
    }
    return network;
  }

  private Network linear() {
    return network(Mlp.of(48, 37), new Shape(50));
  }

  private static Conv2d convolution(int height, int width, int filters) {
    return Conv2d.builder().setKernelShape(new Shape(height, width)).setFilters(filters).build();
  }

  /** Of convolutions alone, the last of which sees the whole image. */
  private Network convolutional() {
    Model model =
        new CustomModel(
            "convolution",
            () ->
                new SequentialBlock()
                    .add(convolution(3, 3, 4))
                    .add(Activation.reluBlock())
                    .add(convolution(7, 6, 10))
                    .add(Blocks.batchFlattenBlock()));
    return network(model, new Shape(2, 9, 8));
  }

  private Execution always(Form form) {
    PassTimer timer =
        passes -> {
          passes.forEach(pass -> pass.run());
          return passes.size() == 1 ? new double[] {2} : new double[] {2, 1};
        };
    return new Execution(
        new CudaOps(device, "emulated"),
        EXAMPLES,
        List.of(new Form.Dense(), form),
        timer,
        Verdicts.none());
  }

  private NDArray batch(Network network) {
    Shape shape = new Shape(EXAMPLES).addAll(network.sample());
    return manager.randomNormal(shape);
  }

  /** The largest difference of the outputs, relative to the largest output. */
  private double error(Network network, Execution execution, Form form) {
    NDArray batch = batch(network);
    NDArray expected = network.forward(batch, false);
    try (ExecutedNetwork executed = network.execute(execution)) {
      executed.plan().layers().forEach(layer -> assertEquals(form, layer.chosen().form()));
      NDArray difference = expected.sub(executed.forward(batch)).abs().max();
      return difference.getFloat() / expected.abs().max().getFloat();
    }
  }

  @Test
  void everyFormAgreesInFloat32() {
    for (Form form : Form.all().subList(1, 5)) {
      assertTrue(error(linear(), always(form), form) <= 1e-5, form::toString);
    }
  }

  @Test
  void everyFormAgreesInBfloat16() {
    for (Form form : Form.all(Precision.BFLOAT16).subList(1, 7)) {
      Execution rounded = always(form).precision(Precision.BFLOAT16);
      double error = error(linear(), rounded, form);
      assertTrue(error > 1e-5 && error <= TOLERANCE, () -> form + " differs by " + error);
    }
    assertTrue(device.launched().contains("coppice_spmm_blocks"));
    assertTrue(device.launched().contains("coppice_spmm_two_of_four"));
  }

  @Test
  void convolutionsAgreeInEither() {
    Form csr = Form.all().get(1);
    assertTrue(error(convolutional(), always(csr), csr) <= 1e-5);
    Execution rounded = always(csr).precision(Precision.BFLOAT16);
    double error = error(convolutional(), rounded, csr);
    assertTrue(error > 1e-5 && error <= TOLERANCE, () -> "differs by " + error);
    assertTrue(device.launched().contains("coppice_conv2d"));
  }

  @Test
  void refusesAHostBeforeAnythingRuns() {
    Execution host = always(Form.all().get(1)).ops(new JavaOps()).precision(Precision.BFLOAT16);
    assertEquals(
        "precision of products by Java is bfloat16; allowed: float32; bfloat16 is for networks on a"
            + " CUDA GPU",
        assertThrows(RecipeException.class, () -> linear().execute(host)).getMessage());
  }

  @Test
  void refusesANetworkThatIsElsewhere() {
    CudaOps elsewhere = new CudaOps(new EmulatedDevice(1, true), "emulated");
    Execution execution = always(Form.all().get(1)).ops(elsewhere);
    assertEquals(
        "device of the sparse operations is gpu(0); allowed: cpu()",
        assertThrows(RecipeException.class, () -> linear().execute(execution)).getMessage());
  }
}
