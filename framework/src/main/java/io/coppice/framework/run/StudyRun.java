package io.coppice.framework.run;

import io.coppice.framework.data.Examples;
import io.coppice.framework.data.Parts;
import io.coppice.framework.measure.Row;
import io.coppice.framework.measure.Trained;
import io.coppice.framework.method.Method;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.training.Plan;
import io.coppice.framework.training.Training;
import io.coppice.framework.training.TrainingInterruptedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/** A study at work: its data are read once, and only when something must be trained. */
final class StudyRun {
  private static final long POLL_MILLIS = 200;

  private final Study study;
  private final RunStore store;
  private final Progress progress;
  private final Function<Trained, Row> measures;
  private Parts parts;

  StudyRun(Study study, RunStore store, Progress progress, Function<Trained, Row> measures) {
    this.study = study;
    this.store = store;
    this.progress = progress;
    this.measures = measures;
  }

  List<RunResult> results() {
    progress.begun(study);
    List<Plan> plans = study.plans();
    RunResult[] results = new RunResult[plans.size()];
    Map<Integer, RunFolder> waiting = new LinkedHashMap<>();
    try {
      for (int i = 0; i < results.length; i++) {
        RunFolder folder = store.open(plans.get(i), progress);
        if (!folder.acquire()) {
          waiting.put(i, folder);
        } else {
          results[i] = result(plans.get(i), i, folder);
        }
      }
      while (!waiting.isEmpty()) {
        if (!takeOne(plans, waiting, results)) {
          pause();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the run store cannot be used: " + e.getMessage(), e);
    } finally {
      waiting.values().forEach(StudyRun::close);
    }
    return List.of(results);
  }

  /** Finishes one of the runs that other processes had, if one of them has let go. */
  private boolean takeOne(List<Plan> plans, Map<Integer, RunFolder> waiting, RunResult[] results)
      throws IOException {
    for (Map.Entry<Integer, RunFolder> entry : waiting.entrySet()) {
      int index = entry.getKey();
      if (entry.getValue().acquire()) {
        waiting.remove(index);
        results[index] = result(plans.get(index), index, entry.getValue());
        return true;
      }
    }
    return false;
  }

  /** The result of a run whose folder has been acquired, which is let go at the end. */
  private RunResult result(Plan plan, int index, RunFolder acquired) throws IOException {
    try (RunFolder folder = acquired) {
      Optional<RunResult> stored = folder.result();
      RunResult result =
          stored.isPresent()
              ? stored.get()
              : new Run(plan, parts(), index, study.plans().size(), measures, progress)
                  .execute(folder);
      progress.finished(plan, result, stored.isPresent());
      return result;
    }
  }

  private Parts parts() {
    if (parts == null) {
      Parts loaded = study.data().load();
      parts =
          new Parts(loaded.classes(), loaded.train(), loaded.validation(), new Once(loaded.test()));
      study.methods().forEach(this::check);
    }
    return parts;
  }

  /** Binds a method without training it, so that what cannot run fails before anything runs. */
  private void check(Method method) {
    Plan plan =
        new Plan(study.data(), study.model(), study.training(), method, study.seeds().get(0));
    try {
      new Training(plan, parts).close();
    } catch (RecipeException e) {
      throw new RecipeException(method.name() + ": " + e.getMessage());
    }
  }

  private static void pause() {
    try {
      Thread.sleep(POLL_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TrainingInterruptedException(
          "interrupted while another process was running the last runs; running it again resumes");
    }
  }

  private static void close(RunFolder folder) {
    try {
      folder.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The test part for all runs of a study, read when the first needs it. */
  private static final class Once implements Supplier<Examples> {
    private final Supplier<Examples> test;
    private Examples read;

    Once(Supplier<Examples> test) {
      this.test = test;
    }

    @Override
    public Examples get() {
      if (read == null) {
        read = test.get();
      }
      return read;
    }
  }
}
