package io.coppice.engines.pytorch;

import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * A place where the engine's graph ends at a leaf and the tape goes on. The leaf's gradient comes
 * from the engine, which adds it up in the tensor, and straight from the tape's newer nodes.
 */
abstract class TapeNode {
  private final PtNDArray leaf;
  private PtNDArray pending;
  private boolean zeroed;

  /**
   * Watches over a leaf.
   *
   * @param leaf a tensor that needs a gradient, under whatever handle
   */
  TapeNode(PtNDArray leaf) {
    this.leaf = held(leaf);
  }

  /** The same tensor under a handle that no scope closes. */
  static PtNDArray held(PtNDArray array) {
    PtNDArray held = new PtNDArray(array.getManager(), Libtorch.sameTensor(array.getHandle()));
    held.detach();
    NDScope.unregister(held);
    return held;
  }

  /** Hands the leaf's gradient on to what the leaf was made of. */
  abstract void handOn(PtNDArray gradient);

  /** Hands the gradient on, if there is one; what it creates is closed. */
  final void backward() {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      PtNDArray gradient = gradient();
      if (gradient != null) {
        handOn(gradient);
      }
      dropPending();
    }
  }

  private PtNDArray gradient() {
    PtNDArray gathered = JniUtils.getGradient(leaf);
    if (gathered == null || zeroed && gathered.countNonzero().getLong() == 0) {
      return pending;
    }
    return pending == null ? gathered : gathered.add(pending);
  }

  /** Takes a gradient from a newer node. */
  final void add(PtNDArray gradient) {
    PtNDArray before = pending;
    pending = held(before == null ? gradient : before.add(gradient));
    if (before != null) {
      before.close();
    }
  }

  /** Forgets what the engine gathered in an earlier backward pass. */
  final void zeroGradient() {
    try (PtNDArray gathered = JniUtils.getGradient(leaf)) {
      if (gathered != null) {
        JniUtils.zeroGrad(leaf);
        zeroed = true;
      }
    }
  }

  /** Forgets what came from newer nodes. */
  final void dropPending() {
    if (pending != null) {
      pending.close();
      pending = null;
    }
  }

  void close() {
    dropPending();
    leaf.close();
  }
}
