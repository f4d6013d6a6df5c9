package io.coppice.engines.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.coppice.framework.ops.ConvolutionShape;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is compiled once serves every layer; its values are in {@link SparseConv2dTest}. */
class ConvolutionGradientTest {
  private static final int BATCH = 2;

  static {
    new PyTorchSupport().start();
  }

  private static float[] gradient(ConvolutionShape shape) {
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      long[] x = {BATCH, shape.channelsIn(), shape.height(), shape.width()};
      long[] dy = {BATCH, shape.groups(), shape.outputHeight(), shape.outputWidth()};
      long[] w = {
        shape.groups(),
        shape.channelsIn() / shape.groups(),
        shape.kernelHeight(),
        shape.kernelWidth()
      };
      NDArray sum = manager.zeros(new Shape(w));
      ConvolutionGradient.add(ramp(manager, x), ramp(manager, dy), shape, sum);
      return sum.toFloatArray();
    }
  }

  private static NDArray ramp(NDManager manager, long... lengths) {
    Shape shape = new Shape(lengths);
    return manager.arange((float) shape.size()).mod(7).sub(3).reshape(shape);
  }

  private static ConvolutionShape shape(int turn) {
    int stride = 1 + turn / 2 % 3;
    return new ConvolutionShape(4, 7 + turn % 5, 6, 3, 2, stride, turn % 3, 1 + turn % 2);
  }

  @Test
  void layersOfAllShapesShareItOnSeveralThreads() {
    List<float[]> alone = IntStream.range(0, 64).mapToObj(turn -> gradient(shape(turn))).toList();
    IntStream.range(0, 64)
        .parallel()
        .forEach(turn -> assertArrayEquals(alone.get(turn), gradient(shape(turn)), "" + turn));
  }
}
