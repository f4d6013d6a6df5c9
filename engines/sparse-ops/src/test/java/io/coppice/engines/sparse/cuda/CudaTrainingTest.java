package io.coppice.engines.sparse.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.coppice.engines.sparse.RandomTopology;
import io.coppice.framework.autograd.Autograd;
import io.coppice.framework.blocks.SparseBlock;
import io.coppice.framework.blocks.SparseConv2d;
import io.coppice.framework.blocks.SparseConv2dBuilder;
import io.coppice.framework.blocks.SparseLinear;
import io.coppice.framework.ops.JavaOps;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Precision;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.optimize.EngineSupport;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Layers that train on a GPU, as {@link EmulatedDevice} does. */
class CudaTrainingTest {
  private static final int EXAMPLES = 5;

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

  /** Its output and its gradients, one array after the other. */
  private float[][] trained(SparseBlock layer, float[] x, Shape shape) {
    Autograd autograd = Autograd.find();
    NDArray input = manager.create(x, shape);
    layer.initialize(manager, DataType.FLOAT32, shape);
    layer.values().getArray().setRequiresGradient(true);
    layer.bias().getArray().setRequiresGradient(true);
    input.setRequiresGradient(true);
    NDArray y;
    try (GradientCollector collector = autograd.gradientCollector()) {
      ParameterStore store = new ParameterStore(manager, false);
      y = layer.forward(store, new NDList(input), true).singletonOrThrow();
      collector.backward(y.sum());
    }
    return new float[][] {
      y.toFloatArray(),
      input.getGradient().toFloatArray(),
      layer.values().getArray().getGradient().toFloatArray(),
      layer.bias().getArray().getGradient().toFloatArray()
    };
  }

  /** Small integers, of which bfloat16 holds every sum that comes. */
  private static float[] integers(int count, int largest, Random random) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = random.nextInt(2 * largest + 1) - largest;
    }
    return numbers;
  }

  @Test
  void layersTrainInBfloat16() {
    Random random = new Random(5);
    SparseOps rounded = new CudaOps(device, "emulated").in(Precision.BFLOAT16);
    for (Layout layout : List.of(new Layout.Blocks(16, 16), new Layout.NOfM(2, 4))) {
      Topology topology = RandomTopology.of(layout, 20, 33, 0.5, random);
      float[] values = topology.gather(integers(20 * 33, 1, random));
      float[] x = integers(EXAMPLES * 33, 2, random);
      Function<SparseOps, float[][]> train =
          ops ->
              trained(
                  SparseLinear.builder(topology).ops(ops).values(values).relu(true).build(),
                  x,
                  new Shape(EXAMPLES, 33));
      assertArrayEquals(train.apply(new JavaOps()), train.apply(rounded), layout.toString());
    }
    assertTrue(device.launched().contains("coppice_sddmm_blocks"));
  }

  @Test
  void convolutionsTrainInBfloat16() {
    Random random = new Random(6);
    Topology topology = RandomTopology.of(new Layout.Csr(), 6, 2 * 3 * 3, 0.4, random);
    float[] values = integers(topology.values(), 1, random);
    float[] x = integers(EXAMPLES * 4 * 7 * 6, 2, random);
    Function<SparseOps, float[][]> train =
        ops -> {
          SparseConv2dBuilder builder =
              SparseConv2d.builder(topology, 3, 3).stride(2).padding(1).groups(2);
          SparseConv2d layer = builder.ops(ops).values(values).relu(true).build();
          return trained(layer, x, new Shape(EXAMPLES, 4, 7, 6));
        };
    SparseOps rounded = new CudaOps(device, "emulated").in(Precision.BFLOAT16);
    assertArrayEquals(train.apply(new JavaOps()), train.apply(rounded));
    assertTrue(device.launched().contains("coppice_conv2d_dvalues"));
  }
}
