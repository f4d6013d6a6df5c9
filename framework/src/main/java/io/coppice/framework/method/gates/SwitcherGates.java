package io.coppice.framework.method.gates;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.coppice.framework.method.Epoch;
import io.coppice.framework.method.RunContext;
import io.coppice.framework.method.Sparsifier;
import io.coppice.framework.method.Step;
import io.coppice.framework.network.Layer;
import io.coppice.framework.network.Network;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One run of {@link Switcher}: when its networks learn, and the gates they left. */
final class SwitcherGates implements Sparsifier {
  private static final int PROBED = 256;

  /** Logits that differ by less, in nats, leave every class at chance. */
  private static final float SAME = 0.01f;

  private final Switcher recipe;
  private final Network network;
  private final RunContext context;
  private final GatedLayers layers;
  private final Freezing freezing;
  private final Switchers switchers;
  private final List<NDArray> gates = new ArrayList<>();
  private final NDArray progress;
  private final List<Long> openFollowing;
  private int epoch;
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
    this.switchers = new Switchers(recipe, network, context, layers);
    NDManager manager = context.manager();
    for (int i = 0; i < layers.count(); i++) {
      gates.add(manager.ones(layers.gateShape(i)));
    }
    this.openFollowing = new ArrayList<>(Collections.nCopies(layers.count(), 0L));
    this.progress = manager.zeros(new Shape(3));
  }

  @Override
  public void beforeEpoch(Epoch next) {
    epoch = next.index();
    if (epoch == freezing.from()) {
      recipe.budget().ifPresent(budget -> layers.closeTo(budget.weights(), gates));
      frozen = true;
    } else if (epoch >= recipe.phase().after() && !frozen && recipe.phase().every().isEmpty()) {
      started = true;
      trainSwitchers(epoch);
    }
  }

  @Override
  public void beforeStep(long index) {
    boolean due = recipe.phase().every().filter(between -> index % between == 0).isPresent();
    if (due && epoch >= recipe.phase().after() && !frozen) {
      started = true;
      trainSwitchers(index);
    }
  }

  /**
   * One phase.
   *
   * @param moment of the phase, which its examples' order depends on
   */
  private void trainSwitchers(long moment) {
    try (NDScope phase = new NDScope()) {
      phase.suppressNotUsedWarning();
      List<NDArray> patches = switchers.patches();
      if (collapse == null) {
        collapse = inEpoch(" of", switchers.train(patches, moment));
      }
      if (!Thread.currentThread().isInterrupted()) {
        keep(patches);
      }
    }
  }

  private String inEpoch(String of, Optional<String> reason) {
    return reason.map(words -> words + of + " epoch " + (epoch + 1)).orElse(null);
  }

  /** The gates that these patches have now stand until the next phase. */
  private void keep(List<NDArray> patches) {
    List<RawGates> raw = switchers.rawGates(patches);
    if (collapse == null) {
      collapse = inEpoch(" in", switchers.dead(raw));
    }
    for (int i = 0; i < gates.size(); i++) {
      switchers.gate(i, raw.get(i)).copyTo(gates.get(i));
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

  private List<Long> openInStep() {
    return followWeights() ? openFollowing : gates.stream().map(GatedLayers::open).toList();
  }

  /** Whether gates follow W in every step. */
  private boolean followWeights() {
    return recipe.throughSwitcher() && started && !frozen;
  }

  private NDArray gate(int position, NDArray weight) {
    if (!followWeights()) {
      return gates.get(position);
    }
    RawGates raw = switchers.rawGates(position, weight);
    openFollowing.set(position, raw.open());
    if (raw.open() == 0) {
      String closed = "all gates of " + layers.get(position).name() + " are closed";
      collapse = inEpoch(" in", Optional.of(closed));
    }
    return switchers.gate(position, raw);
  }

  @Override
  public void afterStep(Step step) {
    context.gateWatch().step(() -> layers.byName(openInStep()));
  }

  @Override
  public void afterEpoch(Epoch ended) {
    if (followWeights()) {
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        keep(switchers.patches());
      }
    }
    if (collapse == null && started && outputsAreConstant()) {
      collapse = "nothing of the input arrives at the outputs after epoch " + (epoch + 1);
    }
    progress.set(new float[] {switchers.steps(), started ? 1 : 0, frozen ? 1 : 0});
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
    return switchers.parameters();
  }

  @Override
  public Map<String, NDArray> state() {
    Map<String, NDArray> state = switchers.state();
    for (int i = 0; i < gates.size(); i++) {
      state.put(layers.get(i).name() + "/gates", gates.get(i));
    }
    state.put("progress", progress);
    return state;
  }

  @Override
  public void restored() {
    float[] values = progress.toFloatArray();
    switchers.resumeAt((long) values[0]);
    started = values[1] == 1;
    frozen = values[2] == 1;
  }
}
