package io.coppice.dsl;

import io.coppice.framework.data.DataSource;
import io.coppice.framework.display.Displayable;
import io.coppice.framework.display.Html;
import io.coppice.framework.display.Sheet;
import io.coppice.framework.display.Wrapped;
import io.coppice.framework.film.Film;
import io.coppice.framework.film.Filming;
import io.coppice.framework.measure.Metrics;
import io.coppice.framework.method.Method;
import io.coppice.framework.network.Model;
import io.coppice.framework.network.Network;
import io.coppice.framework.optimize.EngineSupport;
import io.coppice.framework.recipe.Nearest;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.results.Results;
import io.coppice.framework.run.Progress;
import io.coppice.framework.run.RunResult;
import io.coppice.framework.run.RunStore;
import io.coppice.framework.run.Study;
import io.coppice.framework.training.Plan;
import io.coppice.framework.training.TrainingRecipe;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * A study as it is being said: {@code study("...").data(...).model(...).train(...).compare(...)
 * .seeds(1, 2, 3).run()}. Immutable; every word returns a new sentence.
 */
public record StudyWords(
    String name,
    DataSource data,
    Model model,
    TrainingRecipe training,
    List<Method> methods,
    List<Long> seeds,
    Path folder)
    implements Displayable {

  static StudyWords begin(String name) {
    return new StudyWords(name, null, null, null, List.of(), List.of(1L, 2L, 3L), Path.of(""));
  }

  /** The same sentence under another name, as the start of a variant. */
  public StudyWords named(String other) {
    return new StudyWords(other, data, model, training, methods, seeds, folder);
  }

  /** What the networks learn. */
  public StudyWords data(DataSource source) {
    return new StudyWords(name, source, model, training, methods, seeds, folder);
  }

  /** The network to make smaller. */
  public StudyWords model(Model architecture) {
    return new StudyWords(name, data, architecture, training, methods, seeds, folder);
  }

  /** How every method's networks are trained. */
  public StudyWords train(TrainingWords<?> words) {
    return new StudyWords(name, data, model, words.recipe(), methods, seeds, folder);
  }

  /** The methods to compare; {@code dense()} among them is what the others are measured against. */
  public StudyWords compare(Method... compared) {
    return new StudyWords(name, data, model, training, List.of(compared), seeds, folder);
  }

  /** One run of each method per seed; 1, 2, 3 until said otherwise. */
  public StudyWords seeds(long... numbers) {
    List<Long> all = Arrays.stream(numbers).boxed().toList();
    return new StudyWords(name, data, model, training, methods, all, folder);
  }

  /**
   * The folder whose {@code runs} are read and written; the current folder until said otherwise.
   */
  public StudyWords in(Path store) {
    return new StudyWords(name, data, model, training, methods, seeds, store);
  }

  /**
   * The study, with nothing trained.
   *
   * @throws RecipeException when a part has not been said
   */
  public Study study() {
    require(data, "data(...)");
    require(model, "model(...)");
    require(training, "train(...)");
    return new Study(name, data, model, training, methods, seeds);
  }

  private void require(Object part, String word) {
    if (part == null) {
      throw new RecipeException("the study '" + name + "' does not say " + word);
    }
  }

  /**
   * Trains what the store does not hold, resumes what it holds in part, and tells.
   *
   * @throws RecipeException before anything trains, when the study cannot be run
   * @throws io.coppice.framework.data.DataException when the data cannot be had
   * @throws io.coppice.framework.training.TrainingInterruptedException within a batch of an
   *     interrupt; the same study resumes
   */
  public Results run() {
    return run(here());
  }

  /** Who shows a study's progress where this thread runs. */
  private static Progress here() {
    return ServiceLoader.load(Progress.class, StudyWords.class.getClassLoader()).stream()
        .map(ServiceLoader.Provider::get)
        .filter(Progress::here)
        .findFirst()
        .orElse(new Progress() {});
  }

  /** As {@link #run()}, telling this watcher how it goes. */
  public Results run(Progress progress) {
    Study study = study();
    RunStore store = new RunStore(folder);
    List<RunResult> runs = study.run(store, progress, Metrics::all);
    return Results.of(name, runs, run -> network(study, store, run, progress));
  }

  /**
   * Trains one method with the first seed, apart from the store, and looks inside after every
   * epoch: {@code film("switcher").gates("fc2")}.
   *
   * @param method its name, or the beginning of no other's
   * @throws RecipeException when there is no such method, or the study cannot be run
   */
  public Film film(String method) {
    Study study = study();
    List<String> names = study.methods().stream().map(Method::name).toList();
    Method filmed = study.methods().get(names.indexOf(Nearest.begun("method", method, names)));
    return new Filming(
            new Study(
                name + ": " + filmed.name() + " over its training",
                data,
                model,
                training,
                List.of(filmed),
                List.of(seeds.get(0))),
            here())
        .film();
  }

  private static Network network(Study study, RunStore store, RunResult run, Progress progress) {
    EngineSupport.find().start();
    Plan plan =
        study.plans().stream().filter(p -> p.hash().equals(run.run())).findFirst().orElseThrow();
    return store
        .network(plan, progress)
        .orElseThrow(
            () ->
                new RecipeException(
                    "the network of run "
                        + run.run()
                        + " is not in the store; run the study again"));
  }

  /** What the study would do and cost, as far as it has been said. */
  @Override
  public String toText(int width) {
    return missing()
        .map(words -> String.join("\n", Wrapped.lines(name + ": " + words, width)))
        .orElseGet(() -> study().card(new RunStore(folder)).toText(width));
  }

  @Override
  public String toHtml() {
    return missing()
        .map(
            words ->
                Sheet.fragment(
                    "<h2>%s</h2>\n<p>%s</p>\n".formatted(Html.escape(name), Html.escape(words))))
        .orElseGet(() -> study().card(new RunStore(folder)).toHtml());
  }

  /** Why there is no study yet, or empty. */
  private Optional<String> missing() {
    try {
      study();
      return Optional.empty();
    } catch (RecipeException e) {
      return Optional.of("not yet a study: " + e.getMessage());
    }
  }

  @Override
  public String toString() {
    return toText(Wrapped.USUAL_WIDTH);
  }
}
