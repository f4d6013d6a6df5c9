package io.coppice.framework.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.coppice.framework.autograd.BackwardPass;
import io.coppice.framework.autograd.CustomOperation;

/** A sparse product whose backward pass also adds the gradient in the whole of W to a sum. */
record WatchedProduct(SparseBlock block, SparseProduct product, NDArray sum)
    implements CustomOperation {

  @Override
  public NDArray forward(NDList inputs) {
    return product.forward(inputs);
  }

  @Override
  public NDList backward(BackwardPass pass) {
    NDArray x = pass.inputs().get(0);
    if (x.size() > 0) {
      NDArray dy = pass.outputGradient();
      if (block.relu()) {
        dy = dy.mul(pass.output().gt(0).toType(dy.getDataType(), false));
      }
      block.addWholeGradient(x, dy, sum);
    }
    return product.backward(pass);
  }
}
