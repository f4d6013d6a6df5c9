package io.coppice.engines.sparse.cuda;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
import io.coppice.framework.blocks.SparseLinear;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Topology;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Layers on tensors of this machine's GPU, held against the same on the host. */
@Tag("gpu")
class GpuSparseLinearTest {
  private static final int BATCH = 33;
  private static final int IN = 70;
  private static final int OUT = 50;

  private final Random random = new Random(2);
  private final Topology topology = RandomTopology.of(new Layout.Csr(), OUT, IN, 0.2, random);
  private final float[] values = normal(topology.values());
  private final float[] x = normal(BATCH * IN);

  private float[] normal(int count) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  @BeforeEach
  void start() {
    GpuMachine.opsOfTheEnginesTensors();
  }

  /** What a step leaves, one array after the other. */
  private float[][] step(Device device, Topology.Move move) {
    Autograd autograd = Autograd.find();
    try (NDManager manager = NDManager.newBaseManager(device)) {
      SparseLinear layer = SparseLinear.builder(topology).values(values).relu(true).build();
      layer.initialize(manager, DataType.FLOAT32, new Shape(BATCH, IN));
      layer.values().getArray().setRequiresGradient(true);
      layer.bias().getArray().setRequiresGradient(true);
      if (move != null) {
        layer.move(move);
      }
      NDArray input = manager.create(x, new Shape(BATCH, IN));
      input.setRequiresGradient(true);
      NDArray y;
      try (GradientCollector collector = autograd.gradientCollector()) {
        ParameterStore store = new ParameterStore(manager, false);
        y = layer.forward(store, new NDList(input), true).singletonOrThrow();
        collector.backward(y.mul(y).sum());
      }
      assertEquals(device, y.getDevice());
      return new float[][] {
        y.toFloatArray(),
        input.getGradient().toFloatArray(),
        layer.values().getArray().toFloatArray(),
        layer.values().getArray().getGradient().toFloatArray(),
        layer.getParameters().get("bias").getArray().getGradient().toFloatArray()
      };
    }
  }

  @Test
  void trainAsOnTheHost() {
    assertSame(null);
  }

  @Test
  void moveTheirTopologyAsOnTheHost() {
    int[] indices = topology.indices();
    boolean[] taken = new boolean[IN];
    for (int entry = 0; entry < topology.starts()[1]; entry++) {
      taken[indices[entry]] = true;
    }
    int free = 0;
    while (taken[free]) {
      free++;
    }
    assertSame(topology.moved(new int[] {1}, new long[] {free}));
  }

  private void assertSame(Topology.Move move) {
    float[][] expected = step(Device.cpu(), move);
    float[][] actual = step(Device.gpu(), move);
    for (int i = 0; i < expected.length; i++) {
      assertArrayEquals(expected[i], actual[i], 1e-3f);
    }
  }
}
