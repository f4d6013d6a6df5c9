package io.coppice.framework.training;

import ai.djl.ndarray.NDArray;
import io.coppice.framework.method.Step;
import io.coppice.framework.network.Layer;
import io.coppice.framework.optimize.Updates;
import java.util.List;

record LoopStep(long index, double learningRate, Updates updates) implements Step {

  @Override
  public NDArray gradient(Layer layer) {
    return updates.gradient(layer.parameter().getId());
  }

  @Override
  public List<NDArray> optimizerState(Layer layer) {
    return updates.memories(layer.parameter().getId());
  }

  @Override
  public void hold(Layer layer, NDArray mask) {
    updates.hold(layer.parameter().getId(), mask);
  }

  @Override
  public void release(Layer layer) {
    updates.release(layer.parameter().getId());
  }
}
