package io.coppice.engines.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.nio.file.Path;

/**
 * What libtorch convolves with. On an AMD Zen 5 its sums were wrong wherever the channels were no
 * multiple of sixteen, sometimes NaN; libtorch's own way is slower there, and right.
 */
final class OneDnn {
  private static final int CHANNELS = 20;
  private static final Shape KERNEL = new Shape(5, 5);

  private OneDnn() {}

  /** Switches it off for this process where it convolves wrongly. */
  static void useWhereSound() {
    if (!isSound()) {
      switchOff();
    }
  }

  /** Whether a convolution has the sum that it must have. */
  static boolean isSound() {
    try (NDManager manager = NDManager.newBaseManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray channels =
          manager.arange(1, CHANNELS + 1, 1, DataType.FLOAT32).reshape(1, CHANNELS, 1, 1);
      NDArray images = channels.broadcast(new Shape(8, CHANNELS, 12, 12)).duplicate();
      NDArray weights = channels.broadcast(new Shape(50, CHANNELS, 5, 5)).duplicate();
      NDArray outputs = Conv2d.conv2d(images, weights).singletonOrThrow();
      float sum = KERNEL.size() * CHANNELS * (CHANNELS + 1) * (2 * CHANNELS + 1) / 6f;
      for (float output : outputs.toFloatArray()) {
        if (output != sum) {
          return false;
        }
      }
      return true;
    }
  }

  private static void switchOff() {
    Path library = Path.of(LibUtils.getLibtorchPath(), System.mapLibraryName("torch_cpu"));
    try {
      NativeLibrary torch = NativeLibrary.getInstance(library.toString());
      Pointer context = torch.getFunction("_ZN2at13globalContextEv").invokePointer(new Object[0]);
      torch
          .getFunction("_ZN2at7Context20setUserEnabledMkldnnEb")
          .invokeVoid(new Object[] {context, 0});
    } catch (UnsatisfiedLinkError namedOtherwise) {
      throw new IllegalStateException(
          "libtorch's convolutions are wrong on this processor, and cannot be switched to others;"
              + " set ONEDNN_MAX_CPU_ISA=SSE41 in the environment",
          namedOtherwise);
    }
  }
}
