package io.coppice.framework.method.pruning;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.GradientCollector;
import io.coppice.framework.data.Batch;
import io.coppice.framework.data.Examples;
import io.coppice.framework.data.TensorExamples;
import io.coppice.framework.method.Method;
import io.coppice.framework.method.RunContext;
import io.coppice.framework.method.Sparsifier;
import io.coppice.framework.method.Step;
import io.coppice.framework.network.Initialization;
import io.coppice.framework.network.Layer;
import io.coppice.framework.network.Network;
import io.coppice.framework.network.models.Mlp;
import io.coppice.framework.optimize.Sgd;
import io.coppice.framework.optimize.Updates;
import io.coppice.framework.recipe.Timeline;
import io.coppice.framework.training.Loss;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A training that a test moves step by step, and whose whole state it can copy into another. */
public final class SteppedRun implements RunContext, AutoCloseable {
  private final NDManager manager = NDManager.newBaseManager();
  private final Network network;
  private final TensorExamples data;
  private final Sparsifier sparsifier;
  private final Updates updates;

  private record At(long index, double learningRate, Updates updates) implements Step {
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

  public SteppedRun(Method method, long seed) {
    Examples train = new TinyTraining.Largest().load().train();
    Mlp model = new Mlp("tiny", List.of(16, 8), true, 0, Initialization.KAIMING_NORMAL);
    network = Network.initialise(model, new Shape(12), 4, seed, manager);
    data = new TensorExamples(train, 4, 0, manager);
    sparsifier = method.bind(network, this);
    Map<String, NDArray> trainable = new LinkedHashMap<>();
    network.parameters().values().forEach(p -> trainable.put(p.getId(), p.getArray()));
    updates = new Updates(new Sgd(0.05, 0.9, false, 0), trainable, manager);
  }

  public Network network() {
    return network;
  }

  public Sparsifier sparsifier() {
    return sparsifier;
  }

  /** Trains the steps from {@code first} up to {@code end}. */
  public void train(int first, int end) {
    int[] order = data.shuffled(random("order", 0));
    for (int i = first; i < end; i++) {
      Engine.getInstance().setRandomSeed(i);
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        Batch batch = data.gather(order, i % 10 * 20, (i % 10 + 1) * 20, manager);
        try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
          NDArray logits = network.forward(batch.features(), true, sparsifier);
          collector.backward(loss(logits, batch.targets()));
        }
        Step step = new At(i, 0.05, updates);
        sparsifier.afterBackward(step);
        updates.step(0.05);
        sparsifier.afterStep(step);
      }
    }
  }

  /** Writes this run's state into another's, as a checkpoint does. */
  public void copyTo(SteppedRun other) {
    List<NDArray> theirs = other.arrays();
    List<NDArray> ours = arrays();
    for (int i = 0; i < ours.size(); i++) {
      ours.get(i).copyTo(theirs.get(i));
    }
    other.sparsifier.restored();
  }

  private List<NDArray> arrays() {
    List<NDArray> arrays = new java.util.ArrayList<>();
    network.parameters().values().forEach(parameter -> arrays.add(parameter.getArray()));
    network
        .parameters()
        .values()
        .forEach(parameter -> arrays.addAll(updates.memories(parameter.getId())));
    arrays.addAll(sparsifier.state().values());
    return arrays;
  }

  @Override
  public long seed() {
    return 1;
  }

  @Override
  public Timeline timeline() {
    return new Timeline(10, 40);
  }

  @Override
  public NDManager manager() {
    return manager;
  }

  @Override
  public TensorExamples data() {
    return data;
  }

  @Override
  public NDArray loss(NDArray logits, NDArray targets) {
    return Loss.crossEntropy(logits, targets);
  }

  @Override
  public void close() {
    manager.close();
  }
}
