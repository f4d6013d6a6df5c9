package io.coppice.cli.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import io.coppice.framework.execution.EngineProducts;
import io.coppice.framework.execution.Pass;
import io.coppice.framework.ops.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A linear layer [out, in] on noise, in every way that the engine has; the fastest is what a sparse
 * layer has to beat. What DJL makes anew lies in memory that the engine keeps.
 */
final class DenseLayer {
  private final Optional<EngineProducts> engine;
  private final NDArray x;
  private final NDArray w;
  private final NDArray transposed;
  private final NDArray b;
  private final NDArray y;
  private final NDArray dy;
  private final NDArray dx;
  private final NDArray dw;
  private final NDArray db;

  DenseLayer(Optional<EngineProducts> engine, int out, int in, int batch, NDManager manager) {
    this.engine = engine;
    x = manager.randomUniform(-1, 1, new Shape(batch, in));
    w = manager.randomUniform(-1, 1, new Shape(out, in));
    transposed = w.transpose();
    b = manager.randomUniform(-1, 1, new Shape(out));
    y = manager.zeros(new Shape(batch, out));
    dy = manager.randomUniform(-1, 1, new Shape(batch, out));
    dx = manager.zeros(new Shape(batch, in));
    dw = manager.zeros(new Shape(out, in));
    db = manager.zeros(new Shape(out));
  }

  /** The ways of y = x Wᵀ + b. */
  List<Pass> forward() {
    List<Pass> ways = new ArrayList<>();
    ways.add(new Timed(() -> Linear.linear(x, w, b).close()));
    ways.add(new Timed(() -> x.matMul(transposed).addi(b).close()));
    engine.ifPresent(products -> ways.add(products.forward(x, w, b, y)));
    return ways;
  }

  /** The ways of dX = dY W, dW = dYᵀ X and the bias' gradient. */
  List<Pass> backward() {
    List<Pass> ways = new ArrayList<>();
    ways.add(new Timed(this::gradients));
    engine.ifPresent(products -> ways.add(products.backward(x, w, dy, dx, dw, db)));
    return ways;
  }

  private void gradients() {
    dy.matMul(w).close();
    try (NDArray columns = dy.transpose()) {
      columns.matMul(x).close();
    }
    dy.sum(new int[] {0}).close();
  }

  /** The ways of the forward pass with the engine's own sparse matrices, none where it has none. */
  List<Pass> sparseForward(Topology topology) {
    float[] values = new float[topology.values()];
    Arrays.fill(values, 0.5f);
    NDArray yt = y.reshape(y.getShape().get(1), y.getShape().get(0));
    List<Pass> ways = new ArrayList<>();
    engine.ifPresent(
        products -> {
          ways.add(products.sparseForward(x, topology, values, b, y));
          ways.add(products.sparseTransposed(x, topology, values, yt));
        });
    return ways;
  }
}
