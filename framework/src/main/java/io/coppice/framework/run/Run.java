package io.coppice.framework.run;

import ai.djl.ndarray.NDManager;
import io.coppice.framework.data.Parts;
import io.coppice.framework.data.TensorExamples;
import io.coppice.framework.measure.Row;
import io.coppice.framework.measure.Trained;
import io.coppice.framework.network.EffectiveWeights;
import io.coppice.framework.network.Network;
import io.coppice.framework.storage.NamedArrays;
import io.coppice.framework.training.CollapseException;
import io.coppice.framework.training.EpochRow;
import io.coppice.framework.training.Evaluation;
import io.coppice.framework.training.Plan;
import io.coppice.framework.training.Training;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * One plan at work: trains from where an earlier session stopped, saves after every epoch, reads
 * the test part once when everything is chosen, measures and stores.
 *
 * @param index the plan's place in its study, from 0
 * @param runs how many runs the study has
 */
record Run(
    Plan plan,
    Parts parts,
    int index,
    int runs,
    Function<Trained, Row> measures,
    Progress progress) {

  RunResult execute(RunFolder folder) throws IOException {
    try (Training training = new Training(plan, parts)) {
      folder.resume(training);
      int epochs = training.timeline().epochs();
      progress.started(plan, index, runs, List.copyOf(training.rows()), epochs);
      try {
        while (!training.done()) {
          EpochRow row = training.nextEpoch();
          folder.save(training);
          progress.epoch(plan, row, epochs);
        }
      } catch (CollapseException e) {
        return collapsed(training, folder, e.getMessage());
      }
      if (training.chosen().row().isEmpty()) {
        return collapsed(training, folder, "never reached its promised size");
      }
      return measured(training, folder);
    }
  }

  private RunResult collapsed(Training training, RunFolder folder, String reason)
      throws IOException {
    RunResult result = result(training, Optional.of(reason), Row.of(Map.of()));
    folder.finish(result, training.network(), Optional.empty());
    return result;
  }

  private RunResult measured(Training training, RunFolder folder) throws IOException {
    training.chosen().install();
    Network network = training.network();
    Trained trained =
        new Trained(network, test(network), training.chosen().row().orElseThrow(), training.rows());
    if (trained.liveness().nonzero() == 0) {
      return collapsed(training, folder, "nothing of the input arrives at the outputs");
    }
    RunResult result = result(training, Optional.empty(), measures.apply(trained));
    byte[] weights = NamedArrays.encode(network.arrays());
    folder.finish(result, network, Optional.of(weights));
    return result;
  }

  private Evaluation test(Network network) {
    try (NDManager memory = network.manager().newSubManager()) {
      TensorExamples test = new TensorExamples(parts.test().get(), parts.classes(), 0, memory);
      return Evaluation.of(network, EffectiveWeights.IDENTITY, test);
    }
  }

  private RunResult result(Training training, Optional<String> collapse, Row row) {
    return new RunResult(
        plan.method().name(),
        plan.seed(),
        plan.hash(),
        collapse,
        row.numbers(),
        row.words(),
        training.rows());
  }
}
