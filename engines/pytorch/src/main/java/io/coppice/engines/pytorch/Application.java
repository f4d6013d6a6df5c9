package io.coppice.engines.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import io.coppice.framework.autograd.BackwardPass;
import io.coppice.framework.autograd.CustomOperation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/** One application of a custom operation, whose output is a leaf. */
final class Application extends TapeNode {
  private final CustomOperation operation;
  private final PtNDArray[] inputs;
  private final long[] versions;
  private final TapeNode[] makers;
  private final BitSet wanted;
  private final PtNDArray output;

  /**
   * Remembers an application.
   *
   * @param makers per input the node whose leaf it is, or null
   * @param wanted the inputs that a gradient reaches
   */
  Application(
      CustomOperation operation,
      PtNDArray[] inputs,
      TapeNode[] makers,
      BitSet wanted,
      PtNDArray output) {
    super(output);
    this.operation = operation;
    this.inputs = inputs;
    this.versions = versions(inputs);
    this.makers = makers;
    this.wanted = wanted;
    this.output = output;
  }

  private static long[] versions(PtNDArray[] inputs) {
    long[] versions = new long[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      // the engine itself guards leaves that need a gradient
      versions[i] = JniUtils.requiresGrad(inputs[i]) ? 0 : Libtorch.version(inputs[i].getHandle());
    }
    return versions;
  }

  static String name(CustomOperation operation) {
    String name = operation.getClass().getSimpleName();
    return name.isEmpty() ? operation.getClass().getName() : name;
  }

  @Override
  void handOn(PtNDArray gradient) {
    requireOpen();
    requireUnchanged();
    gradient.attach(output.getManager());
    BitSet copy = (BitSet) wanted.clone();
    List<NDArray> sums = sums();
    NDList gradients =
        operation.backward(new BackwardPass(new NDList(inputs), output, gradient, copy, sums));
    requireFit(gradients);
    for (int i = 0; i < inputs.length; i++) {
      if (wanted.get(i) && gradients.get(i) != null) {
        handOn(i, (PtNDArray) gradients.get(i), sums.get(i));
      }
    }
  }

  /** Where the wanted gradients of the user's leaves are, once they have one. */
  private List<NDArray> sums() {
    List<NDArray> sums = new ArrayList<>();
    for (int i = 0; i < inputs.length; i++) {
      boolean ends = wanted.get(i) && makers[i] == null;
      sums.add(ends ? JniUtils.getGradient(inputs[i]) : null);
    }
    return sums;
  }

  private void handOn(int input, PtNDArray gradient, NDArray sum) {
    if (makers[input] != null) {
      makers[input].add(gradient);
    } else if (sum != null) {
      sum.addi(gradient);
    } else {
      JniUtils.backward(inputs[input], gradient, true, false);
    }
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

  private void requireUnchanged() {
    if (!Arrays.equals(versions, versions(inputs))) {
      throw new IllegalStateException(
          "an input of "
              + name(operation)
              + " was changed in place before the backward pass; change a duplicate");
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
}
