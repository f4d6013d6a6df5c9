package io.coppice.framework.method.gates;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.nn.Parameter;
import ai.djl.training.GradientCollector;
import io.coppice.framework.autograd.Autograd;
import io.coppice.framework.data.Batch;
import io.coppice.framework.method.RunContext;
import io.coppice.framework.network.Constant;
import io.coppice.framework.network.Network;
import io.coppice.framework.optimize.Updates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The switcher networks of one run, one for each gated layer, and how they learn. */
final class Switchers {
  private final Switcher recipe;
  private final Network network;
  private final RunContext context;
  private final GatedLayers layers;
  private final Autograd autograd = Autograd.find();
  private final List<SwitcherNetwork> switchers = new ArrayList<>();
  private final List<Updates> updates = new ArrayList<>();

  Switchers(Switcher recipe, Network network, RunContext context, GatedLayers layers) {
    this.recipe = recipe;
    this.network = network;
    this.context = context;
    this.layers = layers;
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
    }
  }

  /**
   * Trains them for one phase, or until the thread is interrupted.
   *
   * @param patches of W, which stays
   * @param moment of the phase, which its examples' order depends on
   * @return why it could not
   */
  Optional<String> train(List<NDArray> patches, long moment) {
    int examples = context.data().count();
    int batch = Math.min(recipe.phase().batch(), examples);
    int perPass = examples / batch;
    int steps = recipe.phase().steps() > 0 ? recipe.phase().steps() : perPass;
    int[] order = null;
    Optional<String> failure = Optional.empty();
    for (int i = 0;
        i < steps && failure.isEmpty() && !Thread.currentThread().isInterrupted();
        i++) {
      if (i % perPass == 0) {
        long pass = moment + ((long) (i / perPass) << 32);
        order = context.data().shuffled(context.random("switcher", pass));
      }
      int from = i % perPass * batch;
      try (NDScope step = new NDScope()) {
        step.suppressNotUsedWarning();
        Batch examplesOfStep = context.data().gather(order, from, from + batch, context.manager());
        String after = " after " + i + " switcher steps";
        failure = step(patches, examplesOfStep).map(reason -> reason + after);
      }
    }
    forgetTaskGradients();
    return failure;
  }

  /** Trains them on one batch; says why it could not. */
  private Optional<String> step(List<NDArray> patches, Batch batch) {
    try (GradientCollector collector = autograd.gradientCollector()) {
      List<RawGates> raw = rawGates(patches);
      context.gateWatch().step(() -> layers.byName(raw.stream().map(RawGates::open).toList()));
      Optional<String> dead = dead(raw);
      if (dead.isPresent()) {
        return dead;
      }
      NDArray logits =
          network.forward(
              batch.features(),
              true,
              (layer, weight) ->
                  layers
                      .position(layer)
                      .map(i -> weight.stopGradient().mul(gate(i, raw.get(i))))
                      .orElseGet(weight::stopGradient));
      NDArray loss = withPenalties(context.loss(logits, batch.targets()), raw);
      if (!Float.isFinite(loss.getFloat())) {
        return Optional.of("the switchers' loss is not a finite number");
      }
      collector.backward(loss);
    }
    for (Updates update : updates) {
      if (recipe.clip() > 0) {
        update.clip(recipe.clip());
      }
      update.step(recipe.optimizer().learningRate());
    }
    return Optional.empty();
  }

  /** What each switcher reads of its layer's W as it is now. */
  List<NDArray> patches() {
    List<NDArray> patches = new ArrayList<>();
    for (int i = 0; i < switchers.size(); i++) {
      patches.add(switchers.get(i).patches(layers.matrix(i, layers.get(i).weight())));
    }
    return patches;
  }

  /** What each switcher says to its patches. */
  List<RawGates> rawGates(List<NDArray> patches) {
    List<RawGates> raw = new ArrayList<>();
    for (int i = 0; i < switchers.size(); i++) {
      raw.add(new RawGates(switchers.get(i).gates(patches.get(i), switchers.get(i).theta())));
    }
    return raw;
  }

  /** What a layer's switcher, as it is, says to a weight that learns through it. */
  RawGates rawGates(int position, NDArray weight) {
    SwitcherNetwork switcher = switchers.get(position);
    NDArray patches = switcher.patches(layers.matrix(position, weight));
    return new RawGates(switcher.gates(patches, switcher.theta().stopGradient()));
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

  /** Why a network with these gates is dead, if it is. */
  Optional<String> dead(List<RawGates> raw) {
    for (int i = 0; i < raw.size(); i++) {
      if (!raw.get(i).areFinite()) {
        return Optional.of("the gates of " + layers.get(i).name() + " are not finite numbers");
      }
    }
    return layers.shut(raw.stream().mapToLong(RawGates::open).toArray());
  }

  /** Gates that broadcast over W. */
  NDArray gate(int position, RawGates raw) {
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

  /** By the layers' names. */
  Map<String, NDArray> parameters() {
    Map<String, NDArray> parameters = new LinkedHashMap<>();
    for (int i = 0; i < switchers.size(); i++) {
      String layer = layers.get(i).name();
      parameters.put(layer + "/theta", switchers.get(i).theta());
    }
    return parameters;
  }

  /** What a resume needs, by the layers' names. */
  Map<String, NDArray> state() {
    Map<String, NDArray> state = new LinkedHashMap<>();
    for (int i = 0; i < updates.size(); i++) {
      String layer = layers.get(i).name();
      updates.get(i).state().forEach((name, memory) -> state.put(layer + "/" + name, memory));
    }
    return state;
  }

  /** How many steps each has learned. */
  long steps() {
    return updates.get(0).steps();
  }

  void resumeAt(long steps) {
    updates.forEach(update -> update.resumeAt(steps));
  }
}
