package io.coppice.framework.execution;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;

/** Linear layers by the engine's own product, on normal numbers. */
final class EnginePasses implements DensePasses {

  @Override
  public Pass ready(LayerWeights weights, int batch) {
    NDManager manager = NDManager.newBaseManager();
    NDArray w = manager.create(weights.dense(), new Shape(weights.rows(), weights.columns()));
    NDArray x = manager.randomNormal(0, 1, new Shape(batch, weights.columns()), DataType.FLOAT32);
    NDArray bias = manager.randomNormal(0, 1, new Shape(weights.rows()), DataType.FLOAT32);
    return new Pass() {
      @Override
      public void run() {
        try (NDScope scope = new NDScope()) {
          scope.suppressNotUsedWarning();
          Linear.linear(x, w, bias);
        }
      }

      @Override
      public void close() {
        manager.close();
      }
    };
  }
}
