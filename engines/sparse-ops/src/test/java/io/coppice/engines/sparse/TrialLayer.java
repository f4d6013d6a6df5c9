package io.coppice.engines.sparse;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import ai.djl.training.ParameterStore;
import io.coppice.framework.autograd.Autograd;
import io.coppice.framework.blocks.SparseBlock;
import io.coppice.framework.optimize.EngineSupport;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;

/** A layer ready to be trained, with memory of its own. */
final class TrialLayer implements AutoCloseable {
  private final Autograd autograd = Autograd.find();
  private final NDManager manager;
  private final SparseBlock block;

  TrialLayer(SparseBlock block, Shape input) {
    EngineSupport.find().start();
    manager = NDManager.newBaseManager(Device.cpu());
    this.block = block;
    block.initialize(manager, DataType.FLOAT32, input);
    trained().values().forEach(array -> array.setRequiresGradient(true));
  }

  TrialLayer(LayerCase what) {
    this(what.layer(), what.kind().input());
  }

  SparseBlock block() {
    return block;
  }

  NDManager manager() {
    return manager;
  }

  /** Numbers that a gradient reaches, the same for the same shape. */
  NDArray leaf(Shape shape) {
    int count = Math.toIntExact(shape.size());
    NDArray leaf = manager.create(Memory.normal(count, new Random(count)).toArray(), shape);
    leaf.setRequiresGradient(true);
    return leaf;
  }

  /** The same numbers in memory of their own, which a gradient reaches. */
  NDArray copy(NDArray array) {
    NDArray copy = manager.create(array.toFloatArray(), array.getShape());
    copy.setRequiresGradient(true);
    return copy;
  }

  NDArray forward(NDArray x) {
    ParameterStore store = new ParameterStore(manager, false);
    return block.forward(store, new NDList(x), autograd.isCollecting()).singletonOrThrow();
  }

  /** Adds the gradients of the loss to those of all leaves. */
  void backward(Supplier<NDArray> loss) {
    try (GradientCollector collector = autograd.gradientCollector()) {
      collector.backward(loss.get());
    }
  }

  /** The values, and the bias where there is one, by name. */
  Map<String, NDArray> trained() {
    Map<String, NDArray> trained = new LinkedHashMap<>();
    for (Parameter parameter : block.getParameters().values()) {
      if (parameter.requiresGradient()) {
        trained.put(parameter.getName(), parameter.getArray());
      }
    }
    return trained;
  }

  @Override
  public void close() {
    block.clear();
    manager.close();
  }
}
