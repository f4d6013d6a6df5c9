package io.coppice.framework.run;

import io.coppice.framework.data.DataException;
import io.coppice.framework.data.Signature;
import io.coppice.framework.display.Displayable;
import io.coppice.framework.display.Facts;
import io.coppice.framework.display.Figures;
import io.coppice.framework.display.Grid;
import io.coppice.framework.display.Html;
import io.coppice.framework.display.Look;
import io.coppice.framework.display.Sheet;
import io.coppice.framework.display.Wrapped;
import io.coppice.framework.method.Labelled;
import io.coppice.framework.method.Method;
import io.coppice.framework.recipe.InWords;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.recipe.Timeline;
import io.coppice.framework.training.TrainingRecipe;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a study would do and what it would cost, told without loading its data.
 *
 * @param store where runs may lie already, or empty
 */
record StudyCard(Study study, Optional<RunStore> store) implements Displayable {

  @Override
  public String toText(int width) {
    StringBuilder text = new StringBuilder(lines(study.name(), width)).append("\n\n");
    text.append(facts().toText(width));
    return text.append('\n').append(methods().toText(width)).toString();
  }

  @Override
  public String toHtml() {
    String title = "<h2>" + Html.escape(study.name()) + "</h2>\n";
    return Sheet.fragment(title + facts().toHtml() + methods().toHtml());
  }

  private static String lines(String text, int width) {
    return String.join("\n", Wrapped.lines(text, width));
  }

  private Facts facts() {
    Map<String, String> facts = new LinkedHashMap<>();
    OptionalInt examples = study.data().trainingExamples();
    facts.put(
        "Data",
        study.data().name()
            + (examples.isPresent()
                ? ", " + Figures.grouped(examples.getAsInt()) + " examples for training"
                : ""));
    Optional<Timeline> timeline = timeline(examples);
    facts.put("Model", study.model().name());
    facts.put("Training", training(timeline));
    facts.put("Cost", cost(timeline));
    store.ifPresent(where -> facts.put("Stored", stored(where, timeline)));
    return new Facts(facts);
  }

  private Optional<Timeline> timeline(OptionalInt examples) {
    try {
      return examples.isPresent()
          ? Optional.of(study.training().timeline(examples.getAsInt()))
          : Optional.empty();
    } catch (RecipeException e) {
      return Optional.empty();
    }
  }

  private String training(Optional<Timeline> timeline) {
    TrainingRecipe recipe = study.training();
    String steps =
        timeline.map(time -> " of " + Figures.grouped(time.stepsPerEpoch()) + " steps").orElse("");
    StringBuilder words =
        new StringBuilder(InWords.of(recipe.length()))
            .append(recipe.length() instanceof Time.Epochs ? steps : "")
            .append(", batches of ")
            .append(Figures.grouped(recipe.batch()))
            .append("; ")
            .append(InWords.of(recipe.optimizer()))
            .append("; learning rate ")
            .append(InWords.of(recipe.learningRate()));
    words.append(recipe.clipNorm() > 0 ? "; gradients clipped to " + recipe.clipNorm() : "");
    words.append(recipe.labelSmoothing() > 0 ? "; label smoothing " + recipe.labelSmoothing() : "");
    return words.toString();
  }

  private String cost(Optional<Timeline> timeline) {
    int runs = study.plans().size();
    String product =
        "%s × %s: %s"
            .formatted(
                some(study.methods().size(), "method"),
                some(study.seeds().size(), "seed"),
                some(runs, "run"));
    if (timeline.isPresent()) {
      return product
          + ", "
          + some((long) runs * timeline.get().epochs(), "epoch")
          + ", "
          + some(runs * timeline.get().totalSteps(), "step");
    }
    Time length = study.training().length();
    return length instanceof Time.Epochs time
        ? product + ", " + some((long) (runs * Math.ceil(time.epochs())), "epoch")
        : product + ", " + some(runs * ((Time.Steps) length).steps(), "step");
  }

  /** How many runs are there already, and how long the others will take if they are like them. */
  private String stored(RunStore where, Optional<Timeline> timeline) {
    double[] seconds;
    try {
      seconds =
          study.plans().stream()
              .flatMap(plan -> where.seconds(plan).stream())
              .mapToDouble(Double::doubleValue)
              .toArray();
    } catch (RecipeException | DataException e) {
      return e.getMessage();
    }
    int runs = study.plans().size();
    if (seconds.length == 0) {
      return "none of " + some(runs, "run") + pace(timeline);
    }
    String there = "%s of %s".formatted(Figures.grouped(seconds.length), some(runs, "run"));
    if (seconds.length == runs) {
      return there + "; nothing is left to train";
    }
    double each = Arrays.stream(seconds).average().orElseThrow();
    long rest = Math.round(each * (runs - seconds.length));
    return there + "; the others take about " + TimeLeft.words(Duration.ofSeconds(rest));
  }

  /**
   * How long all runs take here if each method is as fast as dense; nothing where that is unknown.
   */
  private String pace(Optional<Timeline> timeline) {
    Optional<Signature> signature = study.data().signature();
    if (timeline.isEmpty() || signature.isEmpty()) {
      return "";
    }
    double step;
    try {
      step = StepTime.dense(study.model(), study.training(), signature.get());
    } catch (RuntimeException e) {
      // such as a model that does not fit the data: running the study says what is wrong
      return "";
    }
    double all = step * timeline.get().totalSteps() * study.plans().size();
    return "; all take about %s at the pace of the dense network"
        .formatted(TimeLeft.words(Duration.ofMillis(Math.round(1000 * all))));
  }

  private Grid methods() {
    Map<String, Look> looks =
        Look.of(study.methods().stream().map(Method::name).toList(), Study.BASELINE);
    Grid grid = Grid.of(Grid.Column.name("method"), Grid.Column.text("what it is"));
    for (Method method : study.methods()) {
      Method recipe = method instanceof Labelled labelled ? labelled.method() : method;
      grid =
          grid.row(
              Grid.Cell.method(method.name(), looks.get(method.name())),
              Grid.Cell.of(InWords.of(recipe)));
    }
    return grid;
  }

  private static String some(long number, String thing) {
    return Figures.grouped(number) + " " + thing + (number == 1 ? "" : "s");
  }

  @Override
  public String toString() {
    return toText(Wrapped.USUAL_WIDTH);
  }
}
