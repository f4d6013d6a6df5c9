package io.coppice.engines.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.coppice.framework.execution.EngineProducts;
import io.coppice.framework.execution.Pass;
import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.recipe.Require;

/** libtorch's products: dense ones, and those with its own compressed rows. */
public final class PyTorchProducts implements EngineProducts {

  @Override
  public int threads() {
    return JniUtils.getNumThreads();
  }

  @Override
  public void useThreads(int threads) {
    JniUtils.setNumThreads(Require.atLeast("threads", threads, 1));
  }

  @Override
  public NDArray rounded(NDArray array) {
    return Bfloat16.of(array);
  }

  @Override
  public Pass forward(NDArray x, NDArray w, NDArray b, NDArray y) {
    return new ScriptedPass("linear", y, x, b, w);
  }

  @Override
  public Pass backward(NDArray x, NDArray w, NDArray dy, NDArray dx, NDArray dw, NDArray db) {
    return new ScriptedPass("backward", x, w, dy, dx, dw, db);
  }

  @Override
  public Pass convolution(NDArray x, NDArray w, NDArray b, ConvolutionShape shape, NDArray y) {
    return new UnfoldedConvolution(x, w, b, shape, y);
  }

  @Override
  public Pass sparseForward(NDArray x, Topology w, float[] values, NDArray b, NDArray y) {
    return new ScriptedPass("linear", y, x, b).with(w, values);
  }

  @Override
  public Pass sparseTransposed(NDArray x, Topology w, float[] values, NDArray yt) {
    return new ScriptedPass("transposed", yt, x).with(w, values);
  }
}
