package io.coppice.engines.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import ai.djl.training.GradientCollector;
import io.coppice.framework.blocks.SparseBlock;
import io.coppice.framework.blocks.SparseConv2d;
import io.coppice.framework.blocks.SparseLinear;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A layer that a step applies more than once, against the engine's with the masked weight. */
class SharedLayerTest {
  private static final int WIDTH = 6;
  private static final Shape KERNEL = new Shape(WIDTH, WIDTH, 3, 3);
  private static final Shape ROWS = new Shape(5, WIDTH);
  private static final Shape IMAGES = new Shape(2, WIDTH, 5, 4);

  /** Losses of x by a layer whose outputs have the shape of its inputs. */
  enum Use {
    TWICE {
      @Override
      NDArray loss(UnaryOperator<NDArray> layer, NDArray x) {
        return layer.apply(layer.apply(x).tanh()).sin().sum();
      }
    },
    INTO_ITSELF {
      @Override
      NDArray loss(UnaryOperator<NDArray> layer, NDArray x) {
        return layer.apply(layer.apply(x)).sin().sum();
      }
    },
    BRANCHES_INTO_IT {
      @Override
      NDArray loss(UnaryOperator<NDArray> layer, NDArray x) {
        NDArray stream = x.tanh();
        NDArray one = layer.apply(stream).sin().sum();
        NDArray other = layer.apply(stream.mul(stream)).tanh().sum();
        return one.add(other).add(stream.exp().mean());
      }
    },
    BRANCHES_OUT_OF_IT {
      @Override
      NDArray loss(UnaryOperator<NDArray> layer, NDArray x) {
        NDArray y = layer.apply(x.sin());
        return y.tanh().sum().add(layer.apply(y).sin().sum()).add(y.mul(y).mean());
      }
    },
    RESIDUAL {
      @Override
      NDArray loss(UnaryOperator<NDArray> layer, NDArray x) {
        NDArray stream = x.tanh();
        for (int i = 0; i < 3; i++) {
          stream = stream.add(layer.apply(stream));
        }
        return stream.sin().sum();
      }
    };

    abstract NDArray loss(UnaryOperator<NDArray> layer, NDArray x);
  }

  static Stream<Arguments> layers() {
    return LayerCase.homes()
        .flatMap(
            ops ->
                Stream.of(new Layout.Csr(), new Layout.Blocks(4, 1), new Layout.NOfM(2, 4))
                    .flatMap(
                        layout -> Stream.of(ROWS, IMAGES).map(x -> Arguments.of(ops, layout, x))));
  }

  @ParameterizedTest
  @MethodSource("layers")
  void itsGradientsAddUp(SparseOps ops, Layout layout, Shape input) {
    boolean convolves = input.equals(IMAGES);
    Random random = new Random(3);
    int columns = convolves ? 9 * WIDTH : WIDTH;
    Topology topology = RandomTopology.of(layout, WIDTH, columns, 0.4, random);
    float[] values = topology.gather(Memory.normal(WIDTH * columns, random).toArray());
    float[] bias = Memory.normal(WIDTH, random).toArray();
    for (Use use : Use.values()) {
      SparseBlock block =
          (convolves
                  ? SparseConv2d.builder(topology, 3, 3).padding(1)
                  : SparseLinear.builder(topology))
              .ops(ops)
              .relu(true)
              .values(values)
              .bias(bias)
              .build();
      try (TrialLayer layer = new TrialLayer(block, input)) {
        NDArray x = layer.leaf(input);
        layer.backward(() -> use.loss(layer::forward, x));

        NDArray denseX = layer.leaf(input);
        NDManager manager = layer.manager();
        Shape shape = convolves ? KERNEL : new Shape(WIDTH, WIDTH);
        NDArray w = trained(manager.create(topology.scatter(values), shape));
        NDArray b = trained(manager.create(bias));
        NDArray zero = manager.create(0f);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
          collector.backward(use.loss(in -> dense(in, w, b).maximum(zero), denseX));
        }
        String message = use.toString();
        assertClose(denseX.getGradient().toFloatArray(), x.getGradient().toFloatArray(), message);
        List<NDArray> trained = List.copyOf(layer.trained().values());
        assertClose(
            topology.gather(w.getGradient().toFloatArray()),
            trained.get(0).getGradient().toFloatArray(),
            message);
        assertClose(
            b.getGradient().toFloatArray(), trained.get(1).getGradient().toFloatArray(), message);
      }
    }
  }

  private static NDArray trained(NDArray leaf) {
    leaf.setRequiresGradient(true);
    return leaf;
  }

  private static NDArray dense(NDArray x, NDArray w, NDArray b) {
    Shape one = new Shape(1, 1);
    return (x.getShape().dimension() == 4
            ? Conv2d.conv2d(x, w, b, one, one, one)
            : Linear.linear(x, w, b))
        .singletonOrThrow();
  }

  private static void assertClose(float[] expected, float[] actual, String message) {
    float scale = 1;
    for (float number : expected) {
      scale = Math.max(scale, Math.abs(number));
    }
    assertArrayEquals(expected, actual, 1e-5f * scale, message);
  }
}
