package io.coppice.engines.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;

/**
 * Tensors of bfloat16. DJL's binding has no code for the type: asked to convert to it, it ends the
 * process.
 */
final class Bfloat16 {
  /** 15 is libtorch's code. */
  private static final String METHODS =
      """
        def rounded(self: __torch__.Bfloat16, x: Tensor) -> Tensor:
          return torch.to(x, 15)
      """;

  private Bfloat16() {}

  /** A rounded copy beside the array. */
  static NDArray of(NDArray array) {
    PtNDManager manager = (PtNDManager) array.getManager();
    try (PtNDManager local = (PtNDManager) manager.newSubManager();
        PtSymbolBlock module = TorchScript.compile("Bfloat16", METHODS, local);
        IValue argument = IValue.from((PtNDArray) array);
        IValue rounded = IValueUtils.runMethod(module, "rounded", argument)) {
      return rounded.toTensor(manager);
    }
  }
}
