package io.coppice.framework.run;

import io.coppice.framework.training.EpochRow;
import io.coppice.framework.training.Plan;
import java.util.ArrayList;
import java.util.List;

/** Remembers what a study said, a line each. */
class Recorder implements Progress {
  final List<String> lines = new ArrayList<>();
  final List<String> warnings = new ArrayList<>();

  void say(String line) {
    lines.add(line);
  }

  @Override
  public void started(Plan plan, int index, int runs, List<EpochRow> finished, int epochs) {
    say(
        "started %s %d: %d of %d, epoch %d of %d"
            .formatted(plan.method().name(), plan.seed(), index, runs, finished.size(), epochs));
  }

  @Override
  public void epoch(Plan plan, EpochRow row, int epochs) {
    say("epoch %s %d: %d".formatted(plan.method().name(), plan.seed(), row.epoch()));
  }

  @Override
  public void finished(Plan plan, RunResult result, boolean stored) {
    say("finished %s %d%s".formatted(plan.method().name(), plan.seed(), stored ? ", stored" : ""));
  }

  @Override
  public void warning(String message) {
    warnings.add(message);
    say("warning: " + message);
  }
}
