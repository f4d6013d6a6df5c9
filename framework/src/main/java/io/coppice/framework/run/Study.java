package io.coppice.framework.run;

import io.coppice.framework.data.DataSource;
import io.coppice.framework.display.Displayable;
import io.coppice.framework.display.Wrapped;
import io.coppice.framework.measure.Row;
import io.coppice.framework.measure.Trained;
import io.coppice.framework.method.Method;
import io.coppice.framework.network.Model;
import io.coppice.framework.recipe.Require;
import io.coppice.framework.training.Plan;
import io.coppice.framework.training.TrainingRecipe;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Methods compared on the same data, model, training and seeds. The name is not part of the plans:
 * studies share the runs they have in common.
 */
public record Study(
    String name,
    DataSource data,
    Model model,
    TrainingRecipe training,
    List<Method> methods,
    List<Long> seeds)
    implements Displayable {
  /** The method that all others are compared with. */
  public static final String BASELINE = "dense";

  public Study {
    methods = List.copyOf(methods);
    seeds = List.copyOf(seeds);
    Require.that(!methods.isEmpty(), "methods", methods, "at least one");
    Require.that(!seeds.isEmpty(), "seeds", seeds, "at least one");
    Set<String> names = new HashSet<>();
    for (Method method : methods) {
      Require.that(
          names.add(method.name()), "methods", "twice '" + method.name() + "'", "each name once");
    }
    Set<Long> different = new HashSet<>();
    for (long seed : seeds) {
      Require.that(different.add(seed), "seeds", "twice " + seed, "each seed once");
    }
  }

  /** One plan per run: all methods with the first seed, then all with the second, and so on. */
  public List<Plan> plans() {
    return seeds.stream()
        .flatMap(
            seed -> methods.stream().map(method -> new Plan(data, model, training, method, seed)))
        .toList();
  }

  /**
   * Runs what the store does not hold yet, resumes what it holds in part, and waits for what
   * another process is running.
   *
   * @return one result per plan, in the order of {@link #plans}
   * @throws io.coppice.framework.recipe.RecipeException before anything trains, when a method does
   *     not fit the model or the training
   * @throws io.coppice.framework.data.DataException when the data cannot be had
   * @throws io.coppice.framework.training.TrainingInterruptedException within one batch of the
   *     thread's interrupt; finished epochs are kept
   */
  public List<RunResult> run(RunStore store, Progress progress, Function<Trained, Row> measures) {
    return new StudyRun(this, store, progress, measures).results();
  }

  /** As above, measuring test accuracy and loss, nonzero weights and training time only. */
  public List<RunResult> run(RunStore store, Progress progress) {
    return run(store, progress, Study::essentials);
  }

  private static Row essentials(Trained trained) {
    Map<String, Double> metrics = new LinkedHashMap<>();
    metrics.put("accuracy", trained.test().accuracy());
    metrics.put("loss", trained.test().loss());
    metrics.put("nonzero", (double) trained.chosen().nonzero());
    metrics.put("seconds", trained.epochs().stream().mapToDouble(row -> row.seconds()).sum());
    return Row.of(metrics);
  }

  /** What the study would do and cost, and what of it a store holds already. */
  public Displayable card(RunStore store) {
    return new StudyCard(this, Optional.of(store));
  }

  /** What the study would do and what it would cost. */
  @Override
  public String toText(int width) {
    return new StudyCard(this, Optional.empty()).toText(width);
  }

  @Override
  public String toHtml() {
    return new StudyCard(this, Optional.empty()).toHtml();
  }

  @Override
  public String toString() {
    return toText(Wrapped.USUAL_WIDTH);
  }
}
