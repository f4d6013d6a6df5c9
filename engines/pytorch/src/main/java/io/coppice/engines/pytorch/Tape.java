package io.coppice.engines.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.training.GradientCollector;
import io.coppice.framework.autograd.CustomOperation;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * The custom operations of one thread and one collector, in the order of their forward passes. A
 * loss's backward pass ends at their outputs, which are leaves of the engine's graph, and so do
 * their inputs become; the tape then walks from the newest leaf to the oldest, so that a leaf's
 * gradient is whole before it is handed on.
 */
final class Tape implements GradientCollector {
  private static final ThreadLocal<Tape> OPEN = new ThreadLocal<>();

  private final Thread thread = Thread.currentThread();
  private final boolean graphBefore = JniUtils.isGradMode();
  private final List<TapeNode> nodes = new ArrayList<>();
  private final Map<NDArray, TapeNode> makers = new IdentityHashMap<>();
  private boolean walked;
  private boolean walking;

  private Tape() {}

  static Tape open() {
    if (OPEN.get() != null) {
      throw new IllegalStateException(
          "this thread has an open gradient collector; close it before opening another");
    }
    Tape tape = new Tape();
    OPEN.set(tape);
    JniUtils.setGradMode(true);
    return tape;
  }

  static boolean isOpen() {
    return OPEN.get() != null;
  }

  /** The operation's output; a leaf that this thread's tape knows, if a gradient is to reach it. */
  static NDArray apply(CustomOperation operation, PtNDArray[] inputs) {
    boolean graph = JniUtils.isGradMode();
    JniUtils.setGradMode(false);
    try {
      PtNDArray output = compute(operation, inputs);
      Tape tape = OPEN.get();
      if (graph && tape != null && output.getDataType().isFloating()) {
        tape.record(operation, inputs, output);
      }
      return output;
    } finally {
      JniUtils.setGradMode(graph);
    }
  }

  private static PtNDArray compute(CustomOperation operation, PtNDArray[] inputs) {
    PtNDArray output = (PtNDArray) operation.forward(new NDList(inputs));
    if (output == null) {
      throw new IllegalStateException(Application.name(operation) + ".forward returned null");
    }
    boolean own = !JniUtils.requiresGrad(output) && Libtorch.isLeaf(output.getHandle());
    for (PtNDArray input : inputs) {
      own &= input != output;
    }
    return own ? output : JniUtils.detachGradient(output);
  }

  private void record(CustomOperation operation, PtNDArray[] inputs, PtNDArray output) {
    BitSet wanted = new BitSet();
    TapeNode[] sources = new TapeNode[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      sources[i] = maker(inputs[i]);
      wanted.set(i, sources[i] != null || JniUtils.requiresGrad(inputs[i]));
    }
    if (!wanted.isEmpty()) {
      output.setRequiresGradient(true);
      push(output, new Application(operation, inputs, sources, wanted, output));
    }
  }

  /** The node whose leaf the array is, or null for a leaf of the user's. */
  private TapeNode maker(PtNDArray array) {
    TapeNode maker = makers.get(array);
    if (maker == null && !Libtorch.isLeaf(array.getHandle())) {
      maker = GraphCut.at(array);
      push(array, maker);
    }
    return maker;
  }

  private void push(PtNDArray leaf, TapeNode node) {
    nodes.add(node);
    makers.put(leaf, node);
  }

  /** DJL's answer is about leaves only. */
  private static boolean reachesGradient(PtNDArray array) {
    return JniUtils.requiresGrad(array) || !Libtorch.isLeaf(array.getHandle());
  }

  /** How many operations and cuts of the graph the tape holds. */
  int size() {
    return nodes.size();
  }

  @Override
  public void backward(NDArray target) {
    requireTurn();
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      PtNDArray loss = (PtNDArray) target;
      PtNDArray one = (PtNDArray) loss.onesLike();
      if (nodes.isEmpty()) {
        JniUtils.backward(loss, one, false, false);
      } else {
        walk(loss, one);
      }
    }
  }

  private void requireThread() {
    if (Thread.currentThread() != thread) {
      throw new IllegalStateException(
          "a gradient collector serves only the thread that opened it, " + thread.getName());
    }
  }

  private void requireTurn() {
    requireThread();
    if (OPEN.get() != this) {
      throw new IllegalStateException("this gradient collector is closed");
    }
    if (walking) {
      throw new IllegalStateException(
          "a backward pass cannot begin inside another: custom operations have no second"
              + " derivative");
    }
  }

  private void walk(PtNDArray loss, PtNDArray one) {
    if (!reachesGradient(loss)) {
      throw new IllegalStateException(
          "no gradient can reach the array to go back from; gradients themselves have none, as"
              + " custom operations have no second derivative");
    }
    if (walked) {
      nodes.forEach(TapeNode::zeroGradient);
    }
    boolean graph = JniUtils.isGradMode();
    walking = true;
    walked = true;
    JniUtils.setGradMode(false);
    try {
      // the graph is kept: what read a tensor before it was cut goes the same way once more
      JniUtils.backward(loss, one, true, false);
      for (int i = nodes.size() - 1; i >= 0; i--) {
        nodes.get(i).backward();
      }
    } finally {
      nodes.forEach(TapeNode::dropPending);
      JniUtils.setGradMode(graph);
      walking = false;
    }
  }

  /** Of all arrays, as DJL's collector does. */
  @Override
  public void zeroGradients() {
    try (NDManager manager = NDManager.newBaseManager();
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      for (NDArray array : manager.getParentManager().getManagedArrays()) {
        if (array.hasGradient()) {
          array.getGradient().muli(0);
        }
      }
    }
  }

  /** Lets go of the operations. */
  @Override
  public void close() {
    requireThread();
    if (OPEN.get() == this) {
      OPEN.remove();
      JniUtils.setGradMode(graphBefore);
      nodes.forEach(TapeNode::close);
      nodes.clear();
      makers.clear();
    }
  }
}
