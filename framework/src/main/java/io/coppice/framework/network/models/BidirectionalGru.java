package io.coppice.framework.network.models;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.AbstractBlock;
import ai.djl.nn.recurrent.GRU;
import ai.djl.training.ParameterStore;
import ai.djl.util.PairList;

/**
 * Two GRUs that read a sequence from either end: [batch, time, in] to [batch, time, 2·units], the
 * forward states first. DJL's own bidirectional GRU hands PyTorch its biases in the wrong order and
 * fails.
 */
final class BidirectionalGru extends AbstractBlock {
  private static final int TIME = 1;
  private static final int STATE = 2;

  private final GRU forward;
  private final GRU backward;
  private final int units;

  BidirectionalGru(int units) {
    this.units = units;
    this.forward = addChildBlock("forward", gru(units));
    this.backward = addChildBlock("backward", gru(units));
  }

  private static GRU gru(int units) {
    return GRU.builder().setStateSize(units).setNumLayers(1).build();
  }

  @Override
  protected NDList forwardInternal(
      ParameterStore store, NDList inputs, boolean training, PairList<String, Object> params) {
    NDArray sequence = inputs.singletonOrThrow();
    NDArray ahead = forward.forward(store, new NDList(sequence), training).head();
    NDArray back = backward.forward(store, new NDList(sequence.flip(TIME)), training).head();
    return new NDList(ahead.concat(back.flip(TIME), STATE));
  }

  @Override
  public Shape[] getOutputShapes(Shape[] inputs) {
    return new Shape[] {new Shape(inputs[0].get(0), inputs[0].get(TIME), 2L * units)};
  }

  @Override
  protected void initializeChildBlocks(NDManager manager, DataType type, Shape... inputs) {
    forward.initialize(manager, type, inputs);
    backward.initialize(manager, type, inputs);
  }
}
