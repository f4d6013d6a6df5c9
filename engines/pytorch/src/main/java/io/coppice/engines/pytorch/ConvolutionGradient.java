package io.coppice.engines.pytorch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import io.coppice.framework.ops.ConvolutionShape;
import java.util.List;

/** libtorch's gradient of a dense convolution in its weights, compiled once for the engine. */
final class ConvolutionGradient {
  private static final PtSymbolBlock MODULE =
      TorchScript.compile(
          "ConvolutionGradient",
          """
            def add(self: __torch__.ConvolutionGradient,
              sum: Tensor,
              x: Tensor,
              dy: Tensor,
              stride: int,
              padding: int,
              groups: int) -> int:
              _0 = [stride, stride]
              _1 = [padding, padding]
              _2 = [False, True, False]
              _3 = torch.detach(x)
              _4, dw, _5 = torch.convolution_backward(dy, _3, sum, None, _0, _1, [1, 1], False, [0, 0], groups, _2)
              _6 = torch.add_(sum, dw)
              return 0
          """,
          (PtNDManager) NDManager.newBaseManager(Device.cpu()));

  private ConvolutionGradient() {}

  /** Adds the gradient, of the convolution of x to an output of gradient dy, to {@code sum}. */
  static void add(NDArray x, NDArray dy, ConvolutionShape shape, NDArray sum) {
    List<IValue> arguments =
        List.of(
            IValue.from((PtNDArray) sum),
            IValue.from((PtNDArray) x),
            IValue.from((PtNDArray) dy),
            IValue.from((long) shape.stride()),
            IValue.from((long) shape.padding()),
            IValue.from((long) shape.groups()));
    try {
      IValueUtils.runMethod(MODULE, "add", arguments.toArray(IValue[]::new)).close();
    } finally {
      arguments.forEach(IValue::close);
    }
  }
}
