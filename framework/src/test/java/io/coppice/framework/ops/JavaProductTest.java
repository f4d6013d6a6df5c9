package io.coppice.framework.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.coppice.framework.ops.Layout.Blocks;
import io.coppice.framework.ops.Layout.Csr;
import io.coppice.framework.ops.Layout.NOfM;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class JavaProductTest {
  private static final float[] DENSE = {
    0, 2, 0, //
    0, 0, 0,
    1, 0, -3
  };
  private static final Floats X = Floats.copyOf(1, 2, 3, 4, 5, 6);

  private static Layout[] layouts() {
    return new Layout[] {
      new Csr(), new Blocks(4, 1), new Blocks(16, 1), new Blocks(2, 2), new NOfM(2, 4)
    };
  }

  /** W = [[0 2 0] [0 0 0] [1 0 -3]], x = [[1 2 3] [4 5 6]], b = [1 -1 10]. */
  @ParameterizedTest
  @MethodSource("layouts")
  void multipliesByHand(Layout layout) {
    Topology topology = Topology.of(layout, 3, 3, DENSE);
    Floats values = Floats.copyOf(topology.gather(DENSE));
    Floats y = Floats.allocate(6);
    try (SparseOps.Product product = new JavaOps().product(topology)) {
      assertEquals(topology, product.topology());
      product.forward(new Forward(values, X, 2, Floats.NONE, false, y));
      assertArrayEquals(new float[] {4, 0, -8, 10, 0, -14}, y.toArray());
      product.forward(new Forward(values, X, 2, Floats.copyOf(1, -1, 10), false, y));
      assertArrayEquals(new float[] {5, -1, 2, 11, -1, -4}, y.toArray());
      product.forward(new Forward(values, X, 2, Floats.copyOf(1, -1, 10), true, y));
      assertArrayEquals(new float[] {5, 0, 2, 11, 0, 0}, y.toArray());

      Floats dy = Floats.copyOf(1, 10, 100, 2, 20, 200);
      Floats dx = Floats.allocate(6);
      Floats dvalues = Floats.allocate(topology.values());
      Floats dbias = Floats.allocate(3);
      product.backward(new Backward(values, X, Floats.NONE, dy, 2, dx, dvalues, dbias));
      assertArrayEquals(new float[] {100, 2, -300, 200, 4, -600}, dx.toArray());
      assertArrayEquals(new float[] {3, 30, 300}, dbias.toArray());
      assertEntries(topology, new float[] {9, 12, 15, 90, 120, 150, 900, 1200, 1500}, dvalues);

      product.backward(new Backward(values, X, y, dy, 2, dx, dvalues, dbias));
      assertArrayEquals(new float[] {100, 2, -300, 0, 4, 0}, dx.toArray());
      assertArrayEquals(new float[] {3, 0, 100}, dbias.toArray());
      assertEntries(topology, new float[] {9, 12, 15, 0, 0, 0, 100, 200, 300}, dvalues);
    }
  }

  private static void assertEntries(Topology topology, float[] gradient, Floats dvalues) {
    assertArrayEquals(topology.gather(gradient), dvalues.toArray());
  }

  @Test
  void passesOnWhatIsNoNumber() {
    Topology topology = Topology.of(new Csr(), 1, 1, new float[] {1});
    Floats y = Floats.allocate(1);
    new JavaOps()
        .product(topology)
        .forward(new Forward(Floats.copyOf(Float.NaN), Floats.copyOf(1), 1, Floats.NONE, true, y));
    assertArrayEquals(new float[] {Float.NaN}, y.toArray());
  }

  @Property
  void forwardIsTheDefinition(
      @ForAll @IntRange(min = 1, max = 40) int rows,
      @ForAll @IntRange(min = 1, max = 40) int columns,
      @ForAll @IntRange(min = 1, max = 9) int batch,
      @ForAll Random random) {
    ProductTrial.ofMatrix(rows, columns, batch, random).assertForward();
  }

  @Property
  void backwardIsTheDefinition(
      @ForAll @IntRange(min = 1, max = 40) int rows,
      @ForAll @IntRange(min = 1, max = 40) int columns,
      @ForAll @IntRange(min = 1, max = 9) int batch,
      @ForAll Random random) {
    ProductTrial.ofMatrix(rows, columns, batch, random).assertBackward();
  }

  @Property
  void gradientsAreSlopes(
      @ForAll @IntRange(min = 1, max = 20) int rows,
      @ForAll @IntRange(min = 1, max = 20) int columns,
      @ForAll @IntRange(min = 1, max = 9) int batch,
      @ForAll Random random) {
    ProductTrial.ofMatrix(rows, columns, batch, random).assertFiniteDifferences();
  }

  @Test
  void staysNearWithLongSums() {
    ProductTrial trial = ProductTrial.ofMatrix(33, 3001, 257, new Random(5));
    trial.assertForward();
    trial.assertBackward();
  }
}
