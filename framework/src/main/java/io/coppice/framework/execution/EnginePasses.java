package io.coppice.framework.execution;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import io.coppice.framework.ops.ConvolutionShape;

/** Layers by the engine's own product or convolution, on normal numbers of a device. */
record EnginePasses(Device device) implements DensePasses {

  @Override
  public Pass ready(LayerWeights weights, int batch) {
    NDManager manager = NDManager.newBaseManager(device);
    NDArray bias = normal(manager, new Shape(weights.rows()));
    Runnable layer =
        weights
            .convolution()
            .map(shape -> convolution(manager, weights, shape, batch, bias))
            .orElseGet(() -> linear(manager, weights, batch, bias));
    return new Pass() {
      @Override
      public void run() {
        try (NDScope scope = new NDScope()) {
          scope.suppressNotUsedWarning();
          layer.run();
        }
      }

      @Override
      public void close() {
        manager.close();
      }
    };
  }

  private static Runnable linear(NDManager manager, LayerWeights weights, int batch, NDArray bias) {
    NDArray w = manager.create(weights.dense(), new Shape(weights.rows(), weights.columns()));
    NDArray x = normal(manager, new Shape(batch, weights.columns()));
    return () -> Linear.linear(x, w, bias);
  }

  private static Runnable convolution(
      NDManager manager, LayerWeights weights, ConvolutionShape shape, int batch, NDArray bias) {
    NDArray w =
        manager.create(
            weights.dense(),
            new Shape(
                weights.rows(),
                shape.channelsIn() / shape.groups(),
                shape.kernelHeight(),
                shape.kernelWidth()));
    NDArray x =
        normal(manager, new Shape(batch, shape.channelsIn(), shape.height(), shape.width()));
    Shape stride = new Shape(shape.stride(), shape.stride());
    Shape padding = new Shape(shape.padding(), shape.padding());
    Shape dilation = new Shape(1, 1);
    return () -> Conv2d.conv2d(x, w, bias, stride, padding, dilation, shape.groups());
  }

  private static NDArray normal(NDManager manager, Shape shape) {
    return manager.randomNormal(0, 1, shape, DataType.FLOAT32);
  }
}
