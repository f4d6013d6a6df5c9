package io.coppice.framework.method.gates;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import io.coppice.framework.autograd.Autograd;
import io.coppice.framework.data.Batch;
import io.coppice.framework.method.Epoch;
import io.coppice.framework.method.RunContext;
import io.coppice.framework.method.Sparsifier;
import io.coppice.framework.network.Constant;
import io.coppice.framework.network.Layer;
import io.coppice.framework.network.Network;
import io.coppice.framework.optimize.Updates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run of {@link Switcher}: the switcher networks and the gates they left. */
final class SwitcherGates implements Sparsifier {
  private static final int PROBED = 256;

  /** Logits that differ by less, in nats, leave every class at chance. */
  private static final float SAME = 0.01f;

  private final Switcher recipe;
  private final Network network;
  private final RunContext context;
  private final GatedLayers layers;
  private final Freezing freezing;
  private final Autograd autograd = Autograd.find();
  private final List<SwitcherNetwork> switchers = new ArrayList<>();
  private final List<Updates> updates = new ArrayList<>();
  private final List<NDArray> gates = new ArrayList<>();
  private final NDArray progress;
  private boolean started;
  private boolean frozen;
  private String collapse;

  SwitcherGates(Switcher recipe, Network network, RunContext context) {
    this.recipe = recipe;
    this.network = network;
    this.context = context;
    this.layers = GatedLayers.of(network, recipe.gating(), recipe.layers());
    this.freezing =
        Freezing.last(recipe.freezeLast(), context.timeline(), recipe.phase().after() + 1);
    recipe.budget().ifPresent(budget -> layers.requireBudget(budget.weights()));
    NDManager manager = context.manager();
    for (int i = 0; i < layers.count(); i++) {
      SwitcherNetwork switcher =
          new SwitcherNetwork(
              recipe.network(),
              recipe.gating(),
              layers.matrixShape(i),
              context.random("switcher " + layers.get(i).name(), 0),
              manager);
      switchers.add(switcher);
      updates.add(new Updates(recipe.optimizer(), Map.of("theta", switcher.theta()), manager));
      gates.add(manager.ones(layers.gateShape(i)));
    }
    this.progress = manager.zeros(new Shape(3));
  }

  @Override
  public void beforeEpoch(Epoch epoch) {
    if (epoch.index() == freezing.from()) {
      recipe.budget().ifPresent(budget -> layers.closeTo(budget.weights(), gates));
      frozen = true;
    } else if (epoch.index() >= recipe.phase().after()
        && !frozen
        && recipe.phase().every().isEmpty()) {
      started = true;
      trainSwitchers(epoch.index(), epoch.index());
    }
  }

  @Override
  public void beforeStep(long index) {
    int epoch = (int) (index / context.timeline().stepsPerEpoch());
    boolean due = recipe.phase().every().filter(between -> index % between == 0).isPresent();
    if (due && epoch >= recipe.phase().after() && !frozen) {
      started = true;
      trainSwitchers(epoch, index);
    }
  }

  /**
   * One phase.
   *
   * @param moment of the phase, which its examples' order depends on
   */
  private void trainSwitchers(int epoch, long moment) {
    int examples = context.data().count();
    int batch = Math.min(recipe.phase().batch(), examples);
    int perPass = examples / batch;
    int steps = recipe.phase().steps() > 0 ? recipe.phase().steps() : perPass;
    try (NDScope phase = new NDScope()) {
      phase.suppressNotUsedWarning();
      List<NDArray> patches = patches();
      int[] order = null;
      for (int i = 0; i < steps && collapse == null; i++) {
        if (Thread.currentThread().isInterrupted()) {
          return;
        }
        if (i % perPass == 0) {
          order =
              context
                  .data()
                  .shuffled(context.random("switcher", moment + ((long) (i / perPass) << 32)));
        }
        int from = i % perPass * batch;
        try (NDScope step = new NDScope()) {
          step.suppressNotUsedWarning();
          Batch examplesOfStep =
              context.data().gather(order, from, from + batch, context.manager());
          String reason = step(patches, examplesOfStep);
          if (reason != null) {
            collapse = reason + " after " + i + " switcher steps of epoch " + (epoch + 1);
          }
        }
      }
      forgetTaskGradients();
      keep(patches, epoch);
    }
  }

  /** Trains the switchers on one batch; says why it could not, or returns null. */
  private String step(List<NDArray> patches, Batch batch) {
    try (GradientCollector collector = autograd.gradientCollector()) {
      List<RawGates> raw = rawGates(patches);
      Optional<String> dead = dead(raw);
      if (dead.isPresent()) {
        return dead.get();
      }
      NDArray logits =
          network.forward(
              batch.features(),
              true,
              (layer, weight) ->
                  layers
                      .position(layer)
                      .map(i -> weight.stopGradient().mul(scaled(i, raw.get(i))))
                      .orElseGet(weight::stopGradient));
      NDArray loss = withPenalties(context.loss(logits, batch.targets()), raw);
      if (!Float.isFinite(loss.getFloat())) {
        return "the switchers' loss is not a finite number";
      }
      collector.backward(loss);
    }
    for (Updates update : updates) {
      if (recipe.clip() > 0) {
        update.clip(recipe.clip());
      }
      update.step(recipe.optimizer().learningRate());
    }
    return null;
  }

  /** What each switcher reads of its layer's W as it is now. */
  private List<NDArray> patches() {
    List<NDArray> patches = new ArrayList<>();
    for (int i = 0; i < switchers.size(); i++) {
      patches.add(switchers.get(i).patches(layers.matrix(i, layers.get(i).weight())));
    }
    return patches;
  }

  private List<RawGates> rawGates(List<NDArray> patches) {
    List<RawGates> raw = new ArrayList<>();
    for (int i = 0; i < switchers.size(); i++) {
      raw.add(new RawGates(switchers.get(i).gates(patches.get(i), switchers.get(i).theta())));
    }
    return raw;
  }

  private NDArray withPenalties(NDArray task, List<RawGates> raw) {
    NDArray loss = task;
    long kept = layers.kept(raw.stream().mapToLong(RawGates::open).toArray());
    double strength = recipe.budget().map(limit -> limit.strengthAt(kept)).orElse(0.0);
    if (strength > 0) {
      NDArray share = layers.effectiveShare(raw.stream().map(RawGates::effectiveShare).toList());
      loss = loss.add(share.mul(Constant.of(loss, strength)));
    }
    if (recipe.anchor() > 0) {
      NDArray factor = Constant.of(loss, recipe.anchor());
      for (RawGates gates : raw) {
        loss = loss.add(gates.rootMeanSquare().log().square().mul(factor));
      }
    }
    return loss;
  }

  private Optional<String> dead(List<RawGates> raw) {
    for (int i = 0; i < raw.size(); i++) {
      if (!raw.get(i).areFinite()) {
        return Optional.of("the gates of " + layers.get(i).name() + " are not finite numbers");
      }
    }
    return layers.shut(raw.stream().mapToLong(RawGates::open).toArray());
  }

  /** Gates that broadcast over W. */
  private NDArray scaled(int position, RawGates raw) {
    return raw.scaled(recipe.normaliseGates()).reshape(layers.gateShape(position));
  }

  /**
   * Parameters without gates, such as biases, have gathered gradients that the task must not see.
   */
  private void forgetTaskGradients() {
    network.parameters().values().stream()
        .filter(Parameter::requiresGradient)
        .forEach(parameter -> parameter.getArray().getGradient().muli(0));
  }

  /** The gates that these patches have now stand until the next phase. */
  private void keep(List<NDArray> patches, int epoch) {
    List<RawGates> raw = rawGates(patches);
    if (collapse == null) {
      collapse = dead(raw).map(reason -> reason + " in epoch " + (epoch + 1)).orElse(null);
    }
    for (int i = 0; i < gates.size(); i++) {
      scaled(i, raw.get(i)).copyTo(gates.get(i));
    }
  }

  @Override
  public Map<String, NDArray> gates() {
    return layers.byName(gates);
  }

  @Override
  public NDArray of(Layer layer, NDArray weight) {
    return layers.position(layer).map(i -> weight.mul(gate(i, weight))).orElse(weight);
  }

  private NDArray gate(int position, NDArray weight) {
    if (!recipe.throughSwitcher() || !started || frozen) {
      return gates.get(position);
    }
    SwitcherNetwork switcher = switchers.get(position);
    NDArray patches = switcher.patches(layers.matrix(position, weight));
    RawGates raw = new RawGates(switcher.gates(patches, switcher.theta().stopGradient()));
    if (raw.open() == 0) {
      collapse = "all gates of " + layers.get(position).name() + " are closed";
    }
    return scaled(position, raw);
  }

  @Override
  public void afterEpoch(Epoch epoch) {
    if (recipe.throughSwitcher() && started && !frozen) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        keep(patches(), epoch.index());
      }
    }
    if (collapse == null && started && outputsAreConstant()) {
      collapse = "nothing of the input arrives at the outputs after epoch " + (epoch.index() + 1);
    }
    progress.set(new float[] {updates.get(0).steps(), started ? 1 : 0, frozen ? 1 : 0});
  }

  /**
   * Whether nothing of the input arrives at the outputs: some layer is dead, if not by its gates.
   */
  private boolean outputsAreConstant() {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray examples = context.data().slice(0, Math.min(PROBED, context.data().count()));
      NDArray logits = network.forward(examples, false, this::finished);
      int[] overExamples = {0};
      NDArray spread = logits.max(overExamples, false).sub(logits.min(overExamples, false));
      return spread.max().getFloat() < SAME;
    }
  }

  /** After the first phase, within the budget, and frozen if that is to come. */
  @Override
  public boolean settled() {
    if (!started || freezing.ever() && !frozen) {
      return false;
    }
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      long kept = layers.kept(GatedLayers.open(gates));
      return recipe.budget().map(budget -> kept <= budget.weights()).orElse(true);
    }
  }

  @Override
  public Optional<String> collapse() {
    return Optional.ofNullable(collapse);
  }

  @Override
  public NDArray finished(Layer layer, NDArray weight) {
    return layers.position(layer).map(i -> layers.finished(i, weight, gates)).orElse(weight);
  }

  @Override
  public Map<String, NDArray> parameters() {
    Map<String, NDArray> parameters = new LinkedHashMap<>();
    for (int i = 0; i < switchers.size(); i++) {
      String layer = layers.get(i).name();
      parameters.put(layer + "/theta", switchers.get(i).theta());
    }
    return parameters;
  }

  @Override
  public Map<String, NDArray> state() {
    Map<String, NDArray> state = new LinkedHashMap<>();
    for (int i = 0; i < switchers.size(); i++) {
      String layer = layers.get(i).name();
      updates.get(i).state().forEach((name, memory) -> state.put(layer + "/" + name, memory));
      state.put(layer + "/gates", gates.get(i));
    }
    state.put("progress", progress);
    return state;
  }

  @Override
  public void restored() {
    float[] values = progress.toFloatArray();
    updates.forEach(update -> update.resumeAt((long) values[0]));
    started = values[1] == 1;
    frozen = values[2] == 1;
  }
}
