package io.coppice.engines.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.util.Optional;

/**
 * What libtorch convolves with. On an AMD Zen 5 its sums were wrong wherever the channels were no
 * multiple of sixteen, sometimes NaN; libtorch's own way is slower there, and right.
 */
final class OneDnn {
  private static final int CHANNELS = 20;
  private static final int KERNEL = 5;

  /** As the process began: later answers are those of what stands in its place. */
  private static final boolean WAS_SOUND = isSound();

  private OneDnn() {}

  /** Switches it off for this process where it convolves wrongly. */
  static void useWhereSound() {
    if (!WAS_SOUND) {
      switchOff();
    }
  }

  /** Why it is off, where it is. */
  static Optional<String> omission() {
    return WAS_SOUND
        ? Optional.empty()
        : Optional.of(
            "oneDNN is off, as its convolutions are wrong on this processor; libtorch's own are"
                + " slower");
  }

  /** Whether a convolution has the sum that it must have. */
  static boolean isSound() {
    try (NDManager manager = NDManager.newBaseManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray channels =
          manager.arange(1, CHANNELS + 1, 1, DataType.FLOAT32).reshape(1, CHANNELS, 1, 1);
      NDArray images = channels.broadcast(new Shape(8, CHANNELS, 12, 12)).duplicate();
      NDArray weights = channels.broadcast(new Shape(50, CHANNELS, KERNEL, KERNEL)).duplicate();
      NDArray outputs = Conv2d.conv2d(images, weights).singletonOrThrow();
      float sum = KERNEL * KERNEL * CHANNELS * (CHANNELS + 1) * (2 * CHANNELS + 1) / 6f;
      for (float output : outputs.toFloatArray()) {
        if (output != sum) {
          return false;
        }
      }
      return true;
    }
  }

  private static void switchOff() {
    try {
      NativeLibrary torch = EngineLibrary.open("torch_cpu");
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
