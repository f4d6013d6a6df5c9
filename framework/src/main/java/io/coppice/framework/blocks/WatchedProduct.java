package io.coppice.framework.blocks;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import io.coppice.framework.autograd.BackwardPass;
import io.coppice.framework.autograd.CustomOperation;

/**
 * A sparse product whose backward pass also adds the gradient in the whole of W to a sum [rows,
 * columns].
 */
record WatchedProduct(SparseProduct product, boolean relu, NDArray sum) implements CustomOperation {

  @Override
  public NDArray forward(NDList inputs) {
    return product.forward(inputs);
  }

  @Override
  public NDList backward(BackwardPass pass) {
    NDArray dy = pass.outputGradient();
    if (relu) {
      dy = dy.mul(pass.output().gt(0).toType(dy.getDataType(), false));
    }
    NDArray rows = dy.reshape(-1, sum.getShape().get(0));
    NDArray x = pass.inputs().get(0).reshape(-1, sum.getShape().get(1));
    sum.addi(rows.transpose().dot(x));
    return product.backward(pass);
  }
}
