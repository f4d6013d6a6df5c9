package io.coppice.framework.method.sharing;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.core.Linear;
import io.coppice.framework.method.Epoch;
import io.coppice.framework.method.RunContext;
import io.coppice.framework.method.Sparsifier;
import io.coppice.framework.method.Step;
import io.coppice.framework.network.Layer;
import io.coppice.framework.network.Network;
import io.coppice.framework.recipe.Require;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** One run of {@link Ddp}. */
final class DdpWeights implements Sparsifier {
  private final Ddp recipe;
  private final RunContext context;
  private final List<Layer> layers;
  private final Map<String, Ties> ties = new LinkedHashMap<>();
  private final long phase;
  private final long last;
  private final double largest;
  private final NDArray progress;
  private boolean tied;
  private boolean finished;

  DdpWeights(Ddp recipe, Network network, RunContext context) {
    this.recipe = recipe;
    this.context = context;
    recipe.layers().forEach(network::layer);
    this.layers =
        network.layers().stream()
            .filter(
                layer ->
                    recipe.layers().isEmpty()
                        ? layer.block() instanceof Linear
                        : recipe.layers().contains(layer.name()))
            .toList();
    Require.that(!layers.isEmpty(), "layers", recipe.layers(), "at least one layer's name");
    this.phase = recipe.phase().toStep(context.timeline());
    this.last = context.timeline().totalSteps() - phase;
    Require.that(phase >= 1 && last >= 1, "phase", phase + " steps", "shorter than the training");
    this.largest = layers.stream().mapToLong(Layer::size).max().orElseThrow();
    this.progress = context.manager().zeros(new Shape(2));
    for (Layer layer : layers) {
      ties.put(layer.name(), new Ties(layer.shape(), context.manager()));
      clearSome(layer);
    }
  }

  private void clearSome(Layer layer) {
    Random random = context.random("zeros of " + layer.name(), 0);
    change(
        layer,
        weights -> {
          for (int i = 0; i < weights.length; i++) {
            weights[i] = random.nextDouble() < recipe.zeros() ? 0 : weights[i];
          }
        });
  }

  private interface Change {
    void to(float[] weights);
  }

  private void change(Layer layer, Change change) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      float[] weights = layer.weight().toFloatArray();
      change.to(weights);
      context.manager().create(weights, layer.shape()).copyTo(layer.weight());
    }
  }

  /** Whether a step belongs to a phase of tied weights. */
  private boolean tiedAt(long step) {
    return step >= last || step / phase % 2 == 1;
  }

  @Override
  public void afterBackward(Step step) {
    boolean now = tiedAt(step.index());
    if (now && !tied) {
      layers.forEach(layer -> begin(layer, step));
    }
    tied = now;
    finished = step.index() >= last;
    progress.set(new float[] {tied ? 1 : 0, finished ? 1 : 0});
    if (tied) {
      layers.forEach(layer -> ties.get(layer.name()).average(step.gradient(layer)));
    }
  }

  /** Pulls once more, ties what is equal, and forgets which way the weights were going. */
  private void begin(Layer layer, Step step) {
    pull(layer, step);
    ties.get(layer.name()).tie(layer.weight());
    step.optimizerState(layer).forEach(memory -> ties.get(layer.name()).average(memory));
  }

  private void pull(Layer layer, Step step) {
    double size = layer.size() / largest;
    double length = step.learningRate() * recipe.lambda() * size * size;
    change(layer, weights -> Pull.apply(weights, length, recipe.decimals()));
  }

  @Override
  public void afterStep(Step step) {
    boolean due = context.random("penalty", step.index()).nextDouble() < recipe.probability();
    if (!tied && due) {
      layers.forEach(layer -> pull(layer, step));
    }
  }

  /** What rounding has driven apart is put together again. */
  @Override
  public void afterEpoch(Epoch epoch) {
    if (tied) {
      layers.forEach(layer -> ties.get(layer.name()).average(layer.weight()));
    }
  }

  /** In the last phase, whose ties stay. */
  @Override
  public boolean settled() {
    return finished;
  }

  @Override
  public Optional<String> collapse() {
    return finished
        ? layers.stream()
            .filter(layer -> ties.get(layer.name()).allZero())
            .findFirst()
            .map(layer -> "all weights of " + layer.name() + " are 0")
        : Optional.empty();
  }

  @Override
  public Map<String, NDArray> state() {
    Map<String, NDArray> state = new LinkedHashMap<>();
    ties.forEach((name, own) -> state.put("ties/" + name, own.stored()));
    state.put("progress", progress);
    return state;
  }

  @Override
  public void restored() {
    float[] values = progress.toFloatArray();
    tied = values[0] == 1;
    finished = values[1] == 1;
    ties.values().forEach(Ties::restored);
  }
}
