package io.coppice.framework.run;

import io.coppice.framework.training.EpochRow;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code epochs.csv}: one line per epoch of one run. */
final class EpochsCsv {
  private static final String HEADER =
      "epoch,train_loss,validation_loss,validation_accuracy,nonzero,settled,learning_rate,seconds\n";

  private EpochsCsv() {}

  static byte[] of(List<EpochRow> rows) {
    StringBuilder csv = new StringBuilder(HEADER);
    for (EpochRow row : rows) {
      csv.append(row.epoch()).append(',');
      csv.append(row.trainLoss()).append(',');
      csv.append(row.validationLoss()).append(',');
      csv.append(row.validationAccuracy()).append(',');
      csv.append(row.nonzero()).append(',');
      csv.append(row.settled()).append(',');
      csv.append(row.learningRate()).append(',');
      csv.append(row.seconds()).append('\n');
    }
    return csv.toString().getBytes(StandardCharsets.UTF_8);
  }
}
