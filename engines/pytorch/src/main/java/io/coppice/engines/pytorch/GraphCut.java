package io.coppice.engines.pytorch;

import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;

/**
 * An end of the engine's graph in the middle of it: a tensor that an operation on the tape reads
 * becomes a leaf, and what is made of it from then on adds up there. So the graph below is walked
 * once, however many operations read the tensor; without it the passes of a residual network would
 * grow with the square of its depth.
 */
final class GraphCut extends TapeNode {
  private final PtNDArray origin;

  private GraphCut(PtNDArray leaf, PtNDArray origin) {
    super(leaf);
    this.origin = origin;
  }

  /** Lets the array's handle name a leaf of the same memory, and remembers the tensor it named. */
  static GraphCut at(PtNDArray array) {
    PtNDArray origin = held(array);
    try (PtNDArray leaf = JniUtils.detachGradient(array)) {
      Libtorch.assign(leaf.getHandle(), array.getHandle());
    }
    array.setRequiresGradient(true);
    return new GraphCut(array, origin);
  }

  @Override
  void handOn(PtNDArray gradient) {
    JniUtils.backward(origin, gradient, true, false);
  }

  @Override
  void close() {
    super.close();
    origin.close();
  }
}
