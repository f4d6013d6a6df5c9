package io.coppice.framework.method.gates;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import io.coppice.framework.method.Epoch;
import io.coppice.framework.method.GateWatch;
import io.coppice.framework.method.RunContext;
import io.coppice.framework.method.Sparsifier;
import io.coppice.framework.method.Step;
import io.coppice.framework.network.Constant;
import io.coppice.framework.network.Layer;
import io.coppice.framework.network.Network;
import io.coppice.framework.optimize.Updates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** One run of {@link L0}: log α of every gate, trained beside W. */
final class L0Gates implements Sparsifier {
  /** Keeps the logarithms of a uniform number finite. */
  private static final float MARGIN = 1e-6f;

  private final L0 recipe;
  private final GatedLayers layers;
  private final Freezing freezing;
  private final int examples;
  private final GateWatch gateWatch;
  private final List<NDArray> logAlpha = new ArrayList<>();
  private final List<NDArray> frozen = new ArrayList<>();
  private final NDArray steps;
  private final NDArray frozenFlag;
  private final Updates updates;
  private boolean isFrozen;
  private Epoch now;
  private String collapse;

  L0Gates(L0 recipe, Network network, RunContext context) {
    this.recipe = recipe;
    this.layers = GatedLayers.of(network, recipe.gating(), recipe.layers());
    this.freezing = Freezing.last(recipe.freezeLast(), context.timeline(), 1);
    this.gateWatch = context.gateWatch();
    this.examples = context.data().count();
    recipe.lambdas().keySet().forEach(layers::requireGated);
    recipe.budget().ifPresent(layers::requireBudget);
    NDManager manager = context.manager();
    for (int i = 0; i < layers.count(); i++) {
      Random random = context.random("l0 " + layers.get(i).name(), 0);
      logAlpha.add(manager.create(initial(i, random), layers.gateShape(i)));
      frozen.add(manager.ones(layers.gateShape(i)));
    }
    this.steps = manager.zeros(new Shape(1));
    this.frozenFlag = manager.zeros(new Shape(1));
    this.updates = new Updates(recipe.optimizer(), parameters(), manager);
  }

  /** N(log((1 − d)/d), 0.01²) where d is the share of gates that starts closed. */
  private float[] initial(int position, Random random) {
    double closed = position == 0 ? recipe.inputDropout() : recipe.hiddenDropout();
    double mean = Math.log(1 - closed) - Math.log(closed);
    float[] values = new float[Math.toIntExact(layers.gateShape(position).size())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) (mean + 0.01 * random.nextGaussian());
    }
    return values;
  }

  @Override
  public void beforeEpoch(Epoch epoch) {
    now = epoch;
    if (epoch.index() == freezing.from()) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        List<NDArray> gates = finishedGates();
        for (int i = 0; i < frozen.size(); i++) {
          gates.get(i).copyTo(frozen.get(i));
        }
      }
      recipe.budget().ifPresent(budget -> layers.closeTo(budget, frozen));
      frozenFlag.set(new float[] {1});
      isFrozen = true;
    }
  }

  @Override
  public Map<String, NDArray> gates() {
    return layers.byName(finishedGates());
  }

  private List<NDArray> finishedGates() {
    return isFrozen ? frozen : logAlpha.stream().map(recipe.distribution()::deterministic).toList();
  }

  @Override
  public NDArray of(Layer layer, NDArray weight) {
    return layers.position(layer).map(i -> weight.mul(gate(i, weight))).orElse(weight);
  }

  private NDArray gate(int position, NDArray weight) {
    if (isFrozen) {
      return frozen.get(position);
    }
    NDArray uniform =
        weight
            .getManager()
            .randomUniform(MARGIN, 1 - MARGIN, layers.gateShape(position), DataType.FLOAT32);
    return recipe.distribution().sample(logAlpha.get(position), uniform);
  }

  @Override
  public Optional<NDArray> penalty() {
    if (isFrozen) {
      return Optional.empty();
    }
    NDArray sum = null;
    for (int i = 0; i < layers.count(); i++) {
      double lambda = recipe.lambdas().getOrDefault(layers.get(i).name(), recipe.lambda());
      NDArray scale = Constant.of(logAlpha.get(i), lambda / examples * layers.groupSize(i));
      NDArray term = recipe.distribution().open(logAlpha.get(i)).sum().mul(scale);
      sum = sum == null ? term : sum.add(term);
    }
    return Optional.of(sum);
  }

  @Override
  public void afterStep(Step step) {
    gateWatch.step(() -> layers.byName(finishedGates().stream().map(GatedLayers::open).toList()));
    if (!isFrozen) {
      updates.step(recipe.optimizer().learningRate());
    }
  }

  @Override
  public void afterEpoch(Epoch epoch) {
    steps.set(new float[] {updates.steps()});
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      collapse = layers.shut(GatedLayers.open(finishedGates())).orElse(null);
    }
  }

  /** Within the budget, and frozen if that is to come; without either, at the last epoch. */
  @Override
  public boolean settled() {
    if (freezing.ever() && !isFrozen) {
      return false;
    }
    if (recipe.budget().isEmpty()) {
      return freezing.ever() || now != null && now.index() == now.count() - 1;
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      return layers.kept(GatedLayers.open(finishedGates())) <= recipe.budget().get();
    }
  }

  @Override
  public Optional<String> collapse() {
    return Optional.ofNullable(collapse);
  }

  @Override
  public NDArray finished(Layer layer, NDArray weight) {
    return layers
        .position(layer)
        .map(i -> layers.finished(i, weight, finishedGates()))
        .orElse(weight);
  }

  @Override
  public Map<String, NDArray> parameters() {
    Map<String, NDArray> parameters = new LinkedHashMap<>();
    for (int i = 0; i < layers.count(); i++) {
      parameters.put(layers.get(i).name() + "/logAlpha", logAlpha.get(i));
    }
    return parameters;
  }

  @Override
  public Map<String, NDArray> state() {
    Map<String, NDArray> state = new LinkedHashMap<>(updates.state());
    for (int i = 0; i < layers.count(); i++) {
      state.put(layers.get(i).name() + "/frozen", frozen.get(i));
    }
    state.put("steps", steps);
    state.put("isFrozen", frozenFlag);
    return state;
  }

  @Override
  public void restored() {
    updates.resumeAt((long) steps.toFloatArray()[0]);
    isFrozen = frozenFlag.toFloatArray()[0] == 1;
  }
}
