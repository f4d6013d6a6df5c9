package io.coppice.cli.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import io.coppice.framework.execution.EngineProducts;
import io.coppice.framework.execution.Pass;
import io.coppice.framework.ops.MissingOpsException;
import io.coppice.framework.ops.Precision;
import io.coppice.framework.ops.Topology;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A linear layer [out, in] on noise, in every way that the engine has; the fastest is what a sparse
 * layer has to beat. All of its tensors are of the case's precision before anything is timed. What
 * DJL makes anew lies in memory that the engine keeps.
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

  DenseLayer(Optional<EngineProducts> engine, LinearCase what, NDManager manager) {
    this.engine = engine;
    Shape inputs = new Shape(what.batch(), what.in());
    Shape outputs = new Shape(what.batch(), what.out());
    Shape weights = new Shape(what.out(), what.in());
    Shape bias = new Shape(what.out());
    x = of(what.precision(), manager.randomUniform(-1, 1, inputs));
    w = of(what.precision(), manager.randomUniform(-1, 1, weights));
    transposed = w.transpose();
    b = of(what.precision(), manager.randomUniform(-1, 1, bias));
    y = of(what.precision(), manager.zeros(outputs));
    dy = of(what.precision(), manager.randomUniform(-1, 1, outputs));
    dx = of(what.precision(), manager.zeros(inputs));
    dw = of(what.precision(), manager.zeros(weights));
    db = of(what.precision(), manager.zeros(bias));
  }

  private NDArray of(Precision precision, NDArray numbers) {
    if (precision == Precision.FLOAT32) {
      return numbers;
    }
    try (numbers) {
      return engine
          .orElseThrow(() -> new MissingOpsException("no engine multiplies dense " + precision))
          .rounded(numbers);
    }
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
