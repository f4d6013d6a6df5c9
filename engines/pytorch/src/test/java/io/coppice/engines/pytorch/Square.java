package io.coppice.engines.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.coppice.framework.autograd.BackwardPass;
import io.coppice.framework.autograd.CustomOperation;

/** y = x², in the engine's own operations. */
final class Square implements CustomOperation {

  @Override
  public NDArray forward(NDList inputs) {
    return inputs.get(0).mul(inputs.get(0));
  }

  @Override
  public NDList backward(BackwardPass pass) {
    NDArray x = pass.inputs().get(0);
    return new NDList(pass.outputGradient().mul(x.add(x)));
  }
}
