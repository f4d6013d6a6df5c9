package io.coppice.framework.training;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.training.GradientCollector;
import io.coppice.framework.autograd.Autograd;
import io.coppice.framework.data.Batch;
import io.coppice.framework.data.Parts;
import io.coppice.framework.data.TensorExamples;
import io.coppice.framework.method.Epoch;
import io.coppice.framework.method.GateWatch;
import io.coppice.framework.method.RunContext;
import io.coppice.framework.method.Sparsifier;
import io.coppice.framework.method.Step;
import io.coppice.framework.network.Layer;
import io.coppice.framework.network.Network;
import io.coppice.framework.optimize.EngineSupport;
import io.coppice.framework.optimize.Updates;
import io.coppice.framework.recipe.Timeline;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The loop: it knows no method by name and calls a {@link Sparsifier}'s hooks in their order. A
 * training is advanced epoch by epoch and can be saved and resumed between two.
 */
public final class Training implements AutoCloseable, RunContext {
  private final Plan plan;
  private final Timeline timeline;
  private final NDManager manager;
  private final Network network;
  private final TensorExamples train;
  private final TensorExamples validation;
  private final Sparsifier sparsifier;
  private final Updates updates;
  private final Autograd autograd = Autograd.find();
  private final LearningRate.Course course;
  private final List<EpochRow> rows = new ArrayList<>();
  private final Chosen chosen;
  private final GateWatch gateWatch;

  public Training(Plan plan, Parts parts) {
    this(plan, parts, open -> {});
  }

  /**
   * A training that is looked on.
   *
   * @param gateWatch whom a method with gates tells of each step
   */
  public Training(Plan plan, Parts parts, GateWatch gateWatch) {
    this.plan = plan;
    this.gateWatch = gateWatch;
    this.timeline = plan.training().timeline(parts.train().count());
    this.course = plan.training().learningRate().start(timeline);
    EngineSupport.find().start();
    this.manager = NDManager.newBaseManager();
    seedEngine(-1);
    this.network =
        Network.initialise(
            plan.model(), parts.train().sample(), parts.classes(), plan.seed(), manager);
    this.train =
        new TensorExamples(
            parts.train(), parts.classes(), plan.training().labelSmoothing(), manager);
    this.validation = new TensorExamples(parts.validation(), parts.classes(), 0, manager);
    this.sparsifier = bind();
    this.updates = new Updates(plan.training().optimizer(), network.trainable(), manager);
    this.chosen = new Chosen(network, manager);
  }

  private Sparsifier bind() {
    try {
      return plan.method().bind(network, this);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  public Plan plan() {
    return plan;
  }

  public Network network() {
    return network;
  }

  public Sparsifier sparsifier() {
    return sparsifier;
  }

  /** The epochs so far. */
  public List<EpochRow> rows() {
    return rows;
  }

  /** The epoch that validation has chosen so far, with its weights W̃. */
  public Chosen chosen() {
    return chosen;
  }

  /** Whether every epoch has been trained. */
  public boolean done() {
    return rows.size() >= timeline.epochs();
  }

  /**
   * Trains one epoch and validates.
   *
   * @throws CollapseException when the loss is not a number or a layer is dead
   * @throws TrainingInterruptedException within one batch of the thread's interrupt
   * @throws io.coppice.framework.recipe.StoppedException the same, while it validates
   */
  public EpochRow nextEpoch() {
    int index = rows.size();
    Epoch epoch = new Epoch(index, timeline.epochs());
    seedEngine(index);
    long start = System.nanoTime();
    sparsifier.beforeEpoch(epoch);
    checkAlive();
    int[] order = train.shuffled(random("shuffle", index));
    int batch = plan.training().batch();
    long first = index * timeline.stepsPerEpoch();
    long steps = timeline.stepsIn(index);
    double lossSum = 0;
    for (int i = 0; i < steps; i++) {
      if (Thread.currentThread().isInterrupted()) {
        throw new TrainingInterruptedException(rows.size());
      }
      try (NDScope scope = new NDScope()) {
        scope.suppressNotUsedWarning();
        lossSum += step(first + i, train.gather(order, i * batch, (i + 1) * batch, manager));
      }
    }
    sparsifier.afterEpoch(epoch);
    checkAlive();
    double seconds = (System.nanoTime() - start) / 1e9;
    Evaluation evaluation = Evaluation.of(network, sparsifier::finished, validation);
    course.afterEpoch(evaluation.loss());
    EpochRow row =
        new EpochRow(
            index + 1,
            lossSum / steps,
            evaluation.loss(),
            evaluation.accuracy(),
            nonzero(),
            sparsifier.settled(),
            learningRate(first + steps - 1),
            seconds);
    rows.add(row);
    chosen.offer(row, sparsifier);
    return row;
  }

  private double step(long index, Batch batch) {
    double value;
    sparsifier.beforeStep(index);
    try (GradientCollector collector = autograd.gradientCollector()) {
      NDArray logits = network.forward(batch.features(), true, sparsifier);
      NDArray task = loss(logits, batch.targets());
      NDArray total = sparsifier.penalty().map(task::add).orElse(task);
      value = task.getFloat();
      if (!Double.isFinite(value) || total != task && !Float.isFinite(total.getFloat())) {
        throw new CollapseException("the loss became " + value + " at step " + (index + 1));
      }
      collector.backward(total);
    }
    Step step = new LoopStep(index, learningRate(index), updates);
    sparsifier.afterBackward(step);
    if (plan.training().clipNorm() > 0) {
      updates.clip(plan.training().clipNorm());
    }
    updates.step(step.learningRate());
    sparsifier.afterStep(step);
    checkAlive();
    return value;
  }

  private void checkAlive() {
    sparsifier
        .collapse()
        .ifPresent(
            reason -> {
              throw new CollapseException(reason);
            });
  }

  private double learningRate(long step) {
    return plan.training().optimizer().learningRate() * course.factor(step);
  }

  private long nonzero() {
    long count = 0;
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      for (Layer layer : network.layers()) {
        count += sparsifier.finished(layer, layer.weight()).neq(0).sum().getLong();
      }
    }
    return count;
  }

  /** One seed per epoch, so that a resumed run draws the noise that an uninterrupted one draws. */
  private void seedEngine(int epoch) {
    Engine.getInstance().setRandomSeed(random("engine", epoch).nextInt(Integer.MAX_VALUE));
  }

  @Override
  public long seed() {
    return plan.seed();
  }

  @Override
  public Timeline timeline() {
    return timeline;
  }

  @Override
  public NDManager manager() {
    return manager;
  }

  @Override
  public TensorExamples data() {
    return train;
  }

  @Override
  public GateWatch gateWatch() {
    return gateWatch;
  }

  @Override
  public NDArray loss(NDArray logits, NDArray targets) {
    return Loss.crossEntropy(logits, targets);
  }

  /** Everything a resume needs beside {@link #rows}, by name, as live arrays. */
  Map<String, NDArray> state() {
    Map<String, NDArray> state = new LinkedHashMap<>();
    network
        .parameters()
        .forEach(
            (name, parameter) -> {
              state.put("parameter/" + name, parameter.getArray());
              if (parameter.requiresGradient()) {
                List<NDArray> memories = updates.memories(parameter.getId());
                for (int i = 0; i < memories.size(); i++) {
                  state.put("memory/" + i + "/" + name, memories.get(i));
                }
              }
            });
    sparsifier.parameters().forEach((name, array) -> state.put("theta/" + name, array));
    sparsifier.state().forEach((name, array) -> state.put("sparsifier/" + name, array));
    chosen.state().forEach((name, array) -> state.put("chosen/" + name, array));
    return state;
  }

  LearningRate.Course course() {
    return course;
  }

  /** The live arrays of {@link #state} have been written: continues after these epochs. */
  void resumeAfter(List<EpochRow> finished) {
    rows.clear();
    rows.addAll(finished);
    long steps = Math.min(rows.size() * timeline.stepsPerEpoch(), timeline.totalSteps());
    updates.resumeAt(steps);
    chosen.resume(rows);
    network.reindex();
    sparsifier.restored();
  }

  @Override
  public void close() {
    updates.close();
    manager.close();
  }
}
