package io.coppice.framework.method;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.coppice.framework.data.TensorExamples;
import io.coppice.framework.network.Layer;
import io.coppice.framework.network.Network;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.recipe.Require;
import io.coppice.framework.recipe.Timeline;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run of {@link Sequel}. */
final class SequelRun implements Sparsifier {
  private final Sequel recipe;
  private final Network network;
  private final RunContext context;
  private final int turn;
  private final Sparsifier first;
  private final Sparsifier then;
  private final Optional<NDArray> probabilities;
  private final NDArray turned;
  private Sparsifier now;
  private boolean released;

  SequelRun(Sequel recipe, Network network, RunContext context) {
    this.recipe = recipe;
    this.network = network;
    this.context = context;
    Timeline whole = context.timeline();
    this.turn = recipe.length().toEpochs(whole);
    Require.that(
        turn >= 1 && turn < whole.epochs(),
        "length of " + recipe.first().name(),
        turn + " epochs",
        "from 1 to " + (whole.epochs() - 1) + " of the " + whole.epochs() + " epochs");
    long before = turn * whole.stepsPerEpoch();
    this.first = bind(recipe.first(), before);
    this.then = bind(recipe.then(), whole.totalSteps() - before);
    this.probabilities =
        recipe.lesson().map(l -> context.manager().zeros(context.data().targetShape()));
    this.turned = context.manager().zeros(new Shape(1));
    this.now = first;
  }

  private Sparsifier bind(Method method, long steps) {
    List<Layer> layers = network.layers();
    Sparsifier bound = method.bind(network, new Part(context, steps));
    if (!network.layers().equals(layers)) {
      throw RecipeException.of(
          "a part of a sequel",
          method.name(),
          "methods that leave a network's weights as they are stored; this one stores only those"
              + " that it keeps");
    }
    return bound;
  }

  /** The run as a method sees it that has only a part of its steps. */
  private record Part(RunContext whole, long steps) implements RunContext {
    @Override
    public long seed() {
      return whole.seed();
    }

    @Override
    public Timeline timeline() {
      return new Timeline(whole.timeline().stepsPerEpoch(), steps);
    }

    @Override
    public NDManager manager() {
      return whole.manager();
    }

    @Override
    public TensorExamples data() {
      return whole.data();
    }

    @Override
    public GateWatch gateWatch() {
      return whole.gateWatch();
    }

    @Override
    public NDArray loss(NDArray logits, NDArray targets) {
      return whole.loss(logits, targets);
    }
  }

  /** A step of the second method, which counts its own. */
  private record Later(Step whole, long index) implements Step {
    @Override
    public double learningRate() {
      return whole.learningRate();
    }

    @Override
    public NDArray gradient(Layer layer) {
      return whole.gradient(layer);
    }

    @Override
    public List<NDArray> optimizerState(Layer layer) {
      return whole.optimizerState(layer);
    }

    @Override
    public void hold(Layer layer, NDArray mask) {
      whole.hold(layer, mask);
    }

    @Override
    public void release(Layer layer) {
      whole.release(layer);
    }
  }

  private boolean isTurned() {
    return now == then;
  }

  private Epoch own(Epoch epoch) {
    return isTurned()
        ? new Epoch(epoch.index() - turn, epoch.count() - turn)
        : new Epoch(epoch.index(), turn);
  }

  private long own(long index) {
    return isTurned() ? index - turn * context.timeline().stepsPerEpoch() : index;
  }

  private Step own(Step step) {
    return isTurned() ? new Later(step, own(step.index())) : step;
  }

  @Override
  public void beforeEpoch(Epoch epoch) {
    if (epoch.index() == turn) {
      turnOver();
    }
    now.beforeEpoch(own(epoch));
  }

  private void turnOver() {
    probabilities.ifPresent(
        array ->
            recipe.lesson().orElseThrow().write(network, first::finished, context.data(), array));
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      for (Layer layer : network.layers()) {
        first.finished(layer, layer.weight()).copyTo(layer.weight());
      }
    }
    turned.addi(1);
    now = then;
    teach();
  }

  private void teach() {
    probabilities.ifPresent(
        array -> context.data().mix(array, recipe.lesson().orElseThrow().share()));
  }

  @Override
  public void beforeStep(long index) {
    now.beforeStep(own(index));
  }

  @Override
  public NDArray of(Layer layer, NDArray weight) {
    return now.of(layer, weight);
  }

  @Override
  public Map<String, NDArray> gates() {
    return now.gates();
  }

  @Override
  public Optional<NDArray> penalty() {
    return now.penalty();
  }

  @Override
  public void afterBackward(Step step) {
    if (isTurned() && !released) {
      network.layers().forEach(step::release);
      released = true;
    }
    now.afterBackward(own(step));
  }

  @Override
  public void afterStep(Step step) {
    now.afterStep(own(step));
  }

  @Override
  public void afterEpoch(Epoch epoch) {
    now.afterEpoch(own(epoch));
  }

  @Override
  public boolean settled() {
    return isTurned() && then.settled();
  }

  @Override
  public Optional<String> collapse() {
    return now.collapse();
  }

  @Override
  public Map<String, NDArray> parameters() {
    return both(first.parameters(), then.parameters());
  }

  @Override
  public Map<String, NDArray> state() {
    Map<String, NDArray> state = both(first.state(), then.state());
    probabilities.ifPresent(array -> state.put("lesson", array));
    state.put("turned", turned);
    return state;
  }

  private static Map<String, NDArray> both(Map<String, NDArray> first, Map<String, NDArray> then) {
    Map<String, NDArray> both = new LinkedHashMap<>();
    first.forEach((name, array) -> both.put("first/" + name, array));
    then.forEach((name, array) -> both.put("then/" + name, array));
    return both;
  }

  @Override
  public void restored() {
    first.restored();
    then.restored();
    if (turned.getFloat() == 1) {
      now = then;
      teach();
    }
  }

  @Override
  public NDArray finished(Layer layer, NDArray weight) {
    return now.finished(layer, weight);
  }
}
