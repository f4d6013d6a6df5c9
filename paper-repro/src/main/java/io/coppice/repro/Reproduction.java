package io.coppice.repro;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.coppice.framework.film.Filming;
import io.coppice.framework.measure.Metrics;
import io.coppice.framework.method.Method;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.recipe.Require;
import io.coppice.framework.run.Progress;
import io.coppice.framework.run.RunResult;
import io.coppice.framework.run.RunStore;
import io.coppice.framework.run.Study;
import io.coppice.framework.training.Plan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * One paper's script at work: its studies are run, or resumed, on a store that several processes
 * may share, and what is finished is written into the paper's results and verdict at once.
 *
 * @param script the name of the script that says the studies
 * @param studies all of the script
 * @param store the folder whose {@code runs} are read and written
 */
public record Reproduction(Paper paper, String script, List<Study> studies, Path store) {

  public Reproduction {
    studies = List.copyOf(studies);
  }

  /**
   * Trains what the chosen studies still lack, and writes results and verdict whenever a run is
   * finished, and at the end, when other processes' runs are there too.
   *
   * @param chosen parts of the studies of this reproduction
   */
  public void run(List<Study> chosen, Progress progress) {
    collect(progress);
    WholeJob job = new WholeJob(chosen, progress, () -> collect(progress));
    for (Study study : chosen) {
      job.begin(study);
      study.run(new RunStore(store), job, Metrics::all);
    }
    collect(progress);
  }

  /** Trains beside another process, which tells and writes; the last study comes first. */
  public void assist(List<Study> chosen) {
    for (int i = chosen.size() - 1; i >= 0; i--) {
      chosen.get(i).run(new RunStore(store), new Progress() {}, Metrics::all);
    }
  }

  /**
   * Writes results and verdict from what the store and the committed results hold. A run whose plan
   * its script no longer says is left out.
   */
  public void collect(Progress progress) {
    Map<String, RunResult> committed = paper.runs();
    Map<ObjectNode, Set<String>> environments = Environments.of(folders());
    for (Study study : studies) {
      List<RunResult> runs = runs(study, committed, progress);
      if (!runs.isEmpty()) {
        Path folder = paper.folder(study.name());
        new Ledger(study.name(), runs).write(folder);
        Environments.update(
            folder, runs, environments, hash -> store.resolve("runs").resolve(hash));
      }
    }
    StudyList.write(paper, script, studies.stream().map(Study::name).toList());
    Saved.write(paper.verdictFile(), VerdictPage.of(paper));
  }

  /** Of this script's studies, and of all others that have results. */
  private Set<Path> folders() {
    Set<Path> folders = new LinkedHashSet<>();
    studies.forEach(study -> folders.add(paper.folder(study.name())));
    StudyList.read(paper).forEach(entry -> folders.add(paper.folder(entry.study())));
    return folders;
  }

  private List<RunResult> runs(Study study, Map<String, RunResult> committed, Progress progress) {
    List<RunResult> own = paper.ledger(study.name()).map(Ledger::runs).orElse(List.of());
    List<RunResult> runs = new ArrayList<>();
    for (Plan plan : plans(study, own)) {
      new RunStore(store)
          .result(plan, progress)
          .or(() -> Optional.ofNullable(committed.get(plan.hash())))
          .ifPresent(runs::add);
    }
    return runs;
  }

  /** The plans of a study with its own seeds and those of committed runs, method by method. */
  private List<Plan> plans(Study study, List<RunResult> known) {
    List<Plan> plans = new ArrayList<>();
    for (Method method : study.methods()) {
      TreeSet<Long> seeds = new TreeSet<>(study.seeds());
      known.stream().map(RunResult::seed).forEach(seeds::add);
      seeds.forEach(
          seed -> plans.add(new Plan(study.data(), study.model(), study.training(), method, seed)));
    }
    return plans;
  }

  /**
   * Trains each method that has gates once more, with the first seed that came to an end, or the
   * first where none did, and keeps how many gates were open, step by step.
   *
   * @param chosen parts of the studies of this reproduction
   * @param epochs of the training; the later ones are left out
   * @throws RecipeException when a study has no results that the curves could stand beside
   */
  public void film(List<Study> chosen, int epochs, Progress progress) {
    Require.atLeast("film", epochs, 1);
    List<Study> filmed = new ArrayList<>();
    for (Study study : chosen) {
      Optional<Ledger> ledger = paper.ledger(study.name());
      Require.that(ledger.isPresent(), "film", study.name(), "a study that has results");
      study.methods().forEach(method -> filmed.add(one(study, method, ledger.get())));
    }
    filmed.removeIf(study -> !new Filming(study, progress).hasGates());
    WholeJob job = new WholeJob(filmed, progress, () -> {});
    for (Study study : filmed) {
      job.begin(study);
      GatesFile.add(paper.folder(study.name()), new Filming(study, job).film(epochs));
    }
  }

  /** One method with the seed that a film is of. */
  private static Study one(Study study, Method method, Ledger ledger) {
    long seed =
        ledger.of(method.name()).stream()
            .filter(run -> run.collapse().isEmpty())
            .map(RunResult::seed)
            .findFirst()
            .orElse(study.seeds().get(0));
    return Choice.of(study, List.of(method), List.of(seed));
  }

  /** The verdict on each printed row that a study of this script answers, a line each. */
  public List<String> lines() {
    List<String> names = studies.stream().map(Study::name).toList();
    return paper.findings().stream()
        .filter(finding -> names.contains(finding.row().study()))
        .map(finding -> finding.row().row() + ": " + finding.sentence())
        .toList();
  }

  /** The committed runs that the script's studies no longer say, as "study: method, seed n". */
  public List<String> strangers() {
    List<String> strangers = new ArrayList<>();
    for (Study study : studies) {
      List<RunResult> known = paper.ledger(study.name()).map(Ledger::runs).orElse(List.of());
      List<String> hashes = plans(study, known).stream().map(Plan::hash).toList();
      known.stream()
          .filter(run -> !hashes.contains(run.run()))
          .forEach(
              run -> strangers.add(study.name() + ": " + run.method() + ", seed " + run.seed()));
    }
    return strangers;
  }
}
