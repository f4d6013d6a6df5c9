package io.coppice.engines.sparse;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.coppice.framework.autograd.Autograd;
import io.coppice.framework.ops.Layout;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A view of other memory, with strides or repeated, counts like a copy of its own. */
class LayerViewsTest {
  private static final List<UnaryOperator<NDArray>> LOOKS =
      List.of(
          y -> y.sum(),
          y -> y.sum(new int[] {0}),
          y -> y.sum(new int[] {y.getShape().dimension() - 1}),
          y -> y.swapAxes(0, y.getShape().dimension() - 1),
          y -> y.get("..., 1::2"));

  static Stream<LayerCase> layers() {
    return LayerCase.in(List.of(new Layout.Csr(), new Layout.Blocks(16, 1), new Layout.NOfM(2, 4)))
        .filter(what -> what.bias() && what.relu());
  }

  @ParameterizedTest
  @MethodSource("layers")
  void asAnInput(LayerCase what) {
    Shape batch = what.kind().input();
    for (BatchView view : BatchView.values()) {
      try (TrialLayer viewing = new TrialLayer(what);
          TrialLayer copying = new TrialLayer(what)) {
        NDArray memory = viewing.leaf(view.memory(batch));
        NDArray seen = view.of(memory, batch);
        assertThrows(
            IllegalArgumentException.class,
            () -> Autograd.find().writing(seen, Device.cpu()),
            () -> view + " is no view");
        NDArray copy = copying.copy(seen);
        assertArrayEquals(
            copying.forward(copy).toFloatArray(), viewing.forward(seen).toFloatArray(), "" + view);

        viewing.backward(() -> weighted(viewing.forward(view.of(memory, batch))));
        copying.backward(() -> weighted(copying.forward(copy)));
        assertSameGradients(copying, viewing);
        NDArray through = copying.leaf(memory.getShape());
        copying.backward(() -> view.of(through, batch).mul(copy.getGradient()).sum());
        assertSame(through.getGradient(), memory.getGradient());
      }
    }
  }

  /** What looks at the output in another shape or order gives its gradient in that. */
  @ParameterizedTest
  @MethodSource("layers")
  void asTheGradientOfTheOutput(LayerCase what) {
    for (UnaryOperator<NDArray> look : LOOKS) {
      try (TrialLayer viewing = new TrialLayer(what);
          TrialLayer copying = new TrialLayer(what)) {
        NDArray x = viewing.leaf(what.kind().input());
        viewing.backward(() -> weighted(look.apply(viewing.forward(x))));

        NDArray y = copying.copy(viewing.forward(x));
        copying.backward(() -> weighted(look.apply(y)));
        NDArray dy = copying.copy(y.getGradient());
        NDArray copy = copying.leaf(what.kind().input());
        copying.backward(() -> copying.forward(copy).mul(dy).sum());
        assertSame(copy.getGradient(), x.getGradient());
        assertSameGradients(copying, viewing);
      }
    }
  }

  /** Σ c·y for numbers c that are the same for the same size. */
  private static NDArray weighted(NDArray y) {
    int count = Math.toIntExact(y.size());
    float[] c = Memory.normal(count, new Random(count)).toArray();
    return y.mul(y.getManager().create(c, y.getShape())).sum();
  }

  private static void assertSameGradients(TrialLayer expected, TrialLayer actual) {
    expected
        .trained()
        .forEach(
            (name, leaf) ->
                assertSame(leaf.getGradient(), actual.trained().get(name).getGradient()));
  }

  private static void assertSame(NDArray expected, NDArray actual) {
    assertArrayEquals(expected.toFloatArray(), actual.toFloatArray());
  }
}
