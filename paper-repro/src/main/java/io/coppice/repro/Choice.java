package io.coppice.repro;

import io.coppice.framework.method.Method;
import io.coppice.framework.recipe.Nearest;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.recipe.Require;
import io.coppice.framework.run.Study;
import io.coppice.framework.training.Plan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Which part of a script's studies is to be run. */
public final class Choice {
  private Choice() {}

  /**
   * The studies with one method each: the one that answers a printed row, or that of this name.
   *
   * @param row a row of {@code published.csv}, or a method's name in tables
   * @throws RecipeException when it is neither
   */
  public static List<Study> row(Paper paper, List<Study> studies, String row) {
    List<Published> printed = paper.published();
    List<Study> chosen =
        studies.stream()
            .flatMap(study -> with(study, method -> answers(printed, row, study, method)))
            .toList();
    if (chosen.isEmpty()) {
      Set<String> names = new LinkedHashSet<>(printed.stream().map(Published::row).toList());
      studies.forEach(study -> study.methods().forEach(method -> names.add(method.name())));
      throw Nearest.unknown("row", row, names);
    }
    return chosen;
  }

  /**
   * What is left of the studies without the committed runs, a study for each method that lacks
   * some.
   */
  public static List<Study> lacking(Paper paper, List<Study> studies) {
    List<Study> lacking = new ArrayList<>();
    Set<String> committed = paper.runs().keySet();
    for (Study study : studies) {
      for (Method method : study.methods()) {
        Study of = of(study, List.of(method), study.seeds());
        List<Long> seeds =
            of.plans().stream()
                .filter(plan -> !committed.contains(plan.hash()))
                .map(Plan::seed)
                .toList();
        if (!seeds.isEmpty()) {
          lacking.add(of(study, List.of(method), seeds));
        }
      }
    }
    return lacking;
  }

  static Study of(Study study, List<Method> methods, List<Long> seeds) {
    return new Study(study.name(), study.data(), study.model(), study.training(), methods, seeds);
  }

  private static boolean answers(List<Published> printed, String row, Study study, Method method) {
    return method.name().equals(row)
        || printed.stream()
            .anyMatch(
                line ->
                    line.row().equals(row)
                        && line.study().equals(study.name())
                        && line.ours().equals(method.name()));
  }

  private static Stream<Study> with(Study study, Predicate<Method> wanted) {
    List<Method> methods = study.methods().stream().filter(wanted).toList();
    return methods.isEmpty() ? Stream.empty() : Stream.of(of(study, methods, study.seeds()));
  }

  /**
   * The studies with seeds 1 to {@code count}.
   *
   * @throws RecipeException when there is none
   */
  public static List<Study> seeds(List<Study> studies, int count) {
    Require.atLeast("seeds", count, 1);
    List<Long> seeds = LongStream.rangeClosed(1, count).boxed().toList();
    return studies.stream().map(study -> of(study, study.methods(), seeds)).toList();
  }
}
