package io.coppice.engines.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.coppice.framework.autograd.BackwardPass;
import io.coppice.framework.autograd.CustomOperation;
import java.util.BitSet;

/**
 * One application of a custom operation. Its output's gradient comes from the engine, where it
 * gathers in a handle of the node's own, and straight from operations that read the output.
 */
final class TapeNode {
  private final CustomOperation operation;
  private final PtNDArray[] inputs;
  private final TapeNode[] makers;
  private final BitSet wanted;
  private final PtNDArray output;
  private final PtNDArray leaf;
  private PtNDArray pending;
  private boolean zeroed;

  /**
   * @param makers per input the node whose output it is, or null
   * @param wanted the inputs that a gradient reaches
   */
  TapeNode(
      CustomOperation operation,
      PtNDArray[] inputs,
      TapeNode[] makers,
      BitSet wanted,
      PtNDArray output) {
    this.operation = operation;
    this.inputs = inputs;
    this.makers = makers;
    this.wanted = wanted;
    this.output = output;
    this.leaf = held(output);
  }

  /** The same tensor under a handle that no scope closes. */
  private static PtNDArray held(PtNDArray array) {
    PtNDArray held = new PtNDArray(array.getManager(), Libtorch.sameTensor(array.getHandle()));
    held.detach();
    NDScope.unregister(held);
    return held;
  }

  static String name(CustomOperation operation) {
    String name = operation.getClass().getSimpleName();
    return name.isEmpty() ? operation.getClass().getName() : name;
  }

  /** Computes the inputs' gradients, if the output has one, and hands them on. */
  void backward() {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray gradient = gradient();
      if (gradient == null) {
        return;
      }
      requireOpen();
      gradient.attach(output.getManager());
      BitSet copy = (BitSet) wanted.clone();
      NDList gradients =
          operation.backward(new BackwardPass(new NDList(inputs), output, gradient, copy));
      requireFit(gradients);
      for (int i = 0; i < inputs.length; i++) {
        if (wanted.get(i) && gradients.get(i) != null) {
          handOn(i, (PtNDArray) gradients.get(i));
        }
      }
      dropPending();
    }
  }

  private NDArray gradient() {
    PtNDArray gathered = JniUtils.getGradient(leaf);
    if (gathered == null || zeroed && gathered.countNonzero().getLong() == 0) {
      return pending;
    }
    return pending == null ? gathered : gathered.add(pending);
  }

  private void requireOpen() {
    boolean open = !output.isReleased();
    for (PtNDArray input : inputs) {
      open &= !input.isReleased();
    }
    if (!open) {
      throw new IllegalStateException(
          "an input or the output of "
              + name(operation)
              + " was closed before the backward pass; keep them open until then");
    }
  }

  private void requireFit(NDList gradients) {
    if (gradients == null || gradients.size() != inputs.length) {
      throw new IllegalStateException(
          name(operation)
              + ".backward returned "
              + (gradients == null ? "null" : gradients.size() + " gradients")
              + "; allowed: one per input, "
              + inputs.length);
    }
    for (int i = 0; i < inputs.length; i++) {
      NDArray gradient = gradients.get(i);
      if (wanted.get(i)
          && gradient != null
          && !(gradient.getShape().equals(inputs[i].getShape())
              && gradient.getDataType() == inputs[i].getDataType())) {
        throw new IllegalStateException(
            String.format(
                "%s.backward returned a gradient of %s %s for input %d; allowed: %s %s",
                name(operation),
                gradient.getDataType(),
                gradient.getShape(),
                i,
                inputs[i].getDataType(),
                inputs[i].getShape()));
      }
    }
  }

  private void handOn(int input, PtNDArray gradient) {
    if (makers[input] != null) {
      makers[input].add(gradient);
      return;
    }
    PtNDArray array = inputs[input];
    PtNDArray gathered = JniUtils.requiresGrad(array) ? JniUtils.getGradient(array) : null;
    if (gathered == null) {
      JniUtils.backward(array, gradient, true, false);
    } else {
      gathered.addi(gradient);
    }
  }

  private void add(PtNDArray gradient) {
    PtNDArray before = pending;
    pending = held(before == null ? gradient : before.add(gradient));
    if (before != null) {
      before.close();
    }
  }

  /** Forgets what the engine gathered in an earlier backward pass. */
  void zeroGradient() {
    try (PtNDArray gathered = JniUtils.getGradient(leaf)) {
      if (gathered != null) {
        JniUtils.zeroGrad(leaf);
        zeroed = true;
      }
    }
  }

  /** Forgets what came from other operations. */
  void dropPending() {
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
