package io.coppice.engines.pytorch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import io.coppice.framework.ops.Floats;
import java.util.Locale;

/** Where the floats of PyTorch tensors lie, without a copy. */
final class TensorMemory {
  private TensorMemory() {}

  /** The array's floats, or those of a contiguous copy on the device where they are not there. */
  static Floats reading(NDArray array, Device device) {
    PtNDArray tensor = tensor(array);
    return obstacle(tensor, device) == null ? floats(tensor) : floats(copy(tensor, device));
  }

  /**
   * The array's own floats.
   *
   * @throws IllegalArgumentException when they are no contiguous 32-bit floats on the device
   */
  static Floats writing(NDArray array, Device device) {
    PtNDArray tensor = tensor(array);
    String obstacle = obstacle(tensor, device);
    if (obstacle != null) {
      throw new IllegalArgumentException(
          "an array to write to is "
              + obstacle
              + "; allowed: contiguous float32 on "
              + device
              + ", as NDManager.create gives it");
    }
    return floats(tensor);
  }

  /** Whether {@link #writing} gives the array's floats. */
  static boolean isWritable(NDArray array, Device device) {
    return array instanceof PtNDArray tensor && obstacle(tensor, device) == null;
  }

  /** The array as a tensor of PyTorch. */
  static PtNDArray tensor(NDArray array) {
    if (array instanceof PtNDArray tensor) {
      return tensor;
    }
    throw new IllegalArgumentException(
        "an array is "
            + (array == null ? null : "a " + array.getClass().getSimpleName())
            + "; allowed: one of DJL's PyTorch");
  }

  private static String obstacle(PtNDArray tensor, Device device) {
    if (tensor.isSparse()) {
      return "sparse";
    }
    if (tensor.getDataType() != DataType.FLOAT32) {
      return tensor.getDataType().toString().toLowerCase(Locale.ROOT);
    }
    if (!tensor.getDevice().equals(device)) {
      return "on " + tensor.getDevice();
    }
    return isContiguous(tensor) ? null : "a view that is not contiguous";
  }

  private static boolean isContiguous(PtNDArray tensor) {
    Shape shape = tensor.getShape();
    if (shape.size() == 0) {
      return true;
    }
    long[] strides = Libtorch.strides(tensor.getHandle(), shape.dimension());
    long expected = 1;
    for (int i = strides.length - 1; i >= 0; i--) {
      if (shape.get(i) > 1 && strides[i] != expected) {
        return false;
      }
      expected *= shape.get(i);
    }
    return true;
  }

  private static PtNDArray copy(PtNDArray tensor, Device device) {
    NDArray source = tensor.isSparse() ? tensor.toDense() : tensor;
    PtNDArray copy =
        (PtNDArray) tensor.getManager().create(tensor.getShape(), DataType.FLOAT32, device);
    Libtorch.copy(((PtNDArray) source).getHandle(), copy.getHandle());
    return copy;
  }

  /** The floats of a tensor that is known to be writable. */
  static Floats floats(NDArray array) {
    PtNDArray tensor = tensor(array);
    return new Floats(
        Libtorch.address(tensor.getHandle()), tensor.size(), tensor.getDevice(), tensor);
  }
}
