package io.coppice.engines.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.training.GradientCollector;
import io.coppice.framework.autograd.Autograd;
import io.coppice.framework.blocks.SparseConv2d;
import io.coppice.framework.blocks.SparseLinear;
import io.coppice.framework.execution.EngineProducts;
import io.coppice.framework.network.Model;
import io.coppice.framework.network.Network;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.optimize.Adam;
import io.coppice.framework.optimize.Optimizer;
import io.coppice.framework.optimize.Sgd;
import io.coppice.framework.optimize.Updates;
import io.coppice.framework.training.Loss;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole steps of training: the tape, native layers and fused updates. */
class TrainingThreadsTest {
  private static final int BATCH = 40;
  private static final int CLASSES = 10;
  private static final int STEPS = 5;
  private static final Shape SAMPLE = new Shape(3, 12, 11);

  /** Two convolutions and two linear layers, large enough for several threads to share. */
  private record Sparse(Layout layout) implements Model {
    @Override
    public String name() {
      return "sparse";
    }

    @Override
    public Block block(Shape sample, int classes) {
      return new SequentialBlock()
          .add(convolution(3, 20, 1))
          .add(convolution(20, 18, 2))
          .add(Blocks.batchFlattenBlock())
          .add(SparseLinear.builder(topology(150, 18 * 6 * 6)).relu(true).build())
          .add(SparseLinear.builder(topology(classes, 150)).build());
    }

    private SparseConv2d convolution(int in, int out, int stride) {
      return SparseConv2d.builder(topology(out, 9 * in), 3, 3)
          .stride(stride)
          .padding(1)
          .relu(true)
          .build();
    }

    private Topology topology(int rows, int columns) {
      return RandomTopology.of(layout, rows, columns, 0.2, new Random(rows));
    }
  }

  static Stream<Object[]> recipes() {
    return Stream.of(new Layout.Csr(), new Layout.Blocks(4, 1), new Layout.Blocks(16, 1))
        .flatMap(
            layout ->
                Stream.of(new Sgd(0.05, 0.9, true, 1e-3), Adam.of(0.01))
                    .map(rule -> new Object[] {layout, rule}));
  }

  @ParameterizedTest
  @MethodSource("recipes")
  void giveTheSameBitsOnAnyNumberOfThreads(Layout layout, Optimizer rule) {
    NativeMachine.best();
    EngineProducts engine = EngineProducts.find().orElseThrow();
    int before = engine.threads();
    try {
      engine.useThreads(1);
      Map<String, byte[]> one = trained(layout, rule);
      for (int threads : new int[] {2, 3}) {
        engine.useThreads(threads);
        trained(layout, rule).forEach((name, w) -> assertArrayEquals(one.get(name), w, name));
      }
    } finally {
      engine.useThreads(before);
    }
  }

  private static Map<String, byte[]> trained(Layout layout, Optimizer rule) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      Network network = Network.initialise(new Sparse(layout), SAMPLE, CLASSES, 1, manager);
      Random random = new Random(2);
      int inputs = BATCH * (int) SAMPLE.size();
      NDArray x =
          manager.create(Memory.normal(inputs, random).toArray(), new Shape(BATCH).addAll(SAMPLE));
      NDArray targets = manager.arange(BATCH).mod(CLASSES).oneHot(CLASSES);
      Map<String, byte[]> begin = bytes(network);
      try (Updates updates = new Updates(rule, network.trainable(), manager)) {
        for (int i = 0; i < STEPS; i++) {
          step(network, updates, rule, x, targets);
        }
      }
      Map<String, byte[]> end = bytes(network);
      end.forEach(
          (name, w) -> assertFalse(name.endsWith("values") && Arrays.equals(begin.get(name), w)));
      network.block().clear();
      return end;
    }
  }

  private static void step(
      Network network, Updates updates, Optimizer rule, NDArray x, NDArray targets) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      try (GradientCollector collector = Autograd.find().gradientCollector()) {
        collector.backward(Loss.crossEntropy(network.forward(x, true), targets));
      }
      updates.step(rule.learningRate());
    }
  }

  private static Map<String, byte[]> bytes(Network network) {
    Map<String, byte[]> bytes = new LinkedHashMap<>();
    network
        .parameters()
        .forEach((name, parameter) -> bytes.put(name, parameter.getArray().toByteArray()));
    return bytes;
  }
}
