package io.coppice.framework.results;

import io.coppice.framework.run.RunResult;
import io.coppice.framework.statistics.Comparison;
import io.coppice.framework.statistics.Estimate;
import io.coppice.framework.training.EpochRow;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** A study as Tablesaw tables; a number that does not exist is a missing cell. */
final class Tables {
  private Tables() {}

  static Table summary(String study, List<MethodRow> rows) {
    StringColumn method = StringColumn.create("method");
    IntColumn seeds = IntColumn.create("seeds");
    DoubleColumn accuracy = DoubleColumn.create("accuracy_mean");
    DoubleColumn sd = DoubleColumn.create("accuracy_sd");
    DoubleColumn interval = DoubleColumn.create("accuracy_ci95");
    DoubleColumn nonzero = DoubleColumn.create("nonzero_mean");
    DoubleColumn compression = DoubleColumn.create("compression_mean");
    DoubleColumn flops = DoubleColumn.create("flops_ratio_mean");
    DoubleColumn seconds = DoubleColumn.create("seconds_mean");
    StringColumn verdict = StringColumn.create("verdict");
    for (MethodRow row : rows) {
      Estimate estimate = row.estimate(Column.ACCURACY);
      method.append(row.method());
      seeds.append(row.runs().size());
      append(accuracy, estimate.mean());
      append(sd, estimate.sd());
      append(interval, estimate.halfWidth95());
      append(nonzero, row.mean(Column.NONZERO));
      append(compression, row.mean(Column.CR));
      append(flops, row.mean(Column.FLOPS_RATIO));
      append(seconds, row.mean(Column.SECONDS));
      verdict.append(row.verdict().text());
    }
    return Table.create(
        study,
        method,
        seeds,
        accuracy,
        sd,
        interval,
        nonzero,
        compression,
        flops,
        seconds,
        verdict);
  }

  static Table runs(String study, List<RunResult> runs) {
    StringColumn method = StringColumn.create("method");
    LongColumn seed = LongColumn.create("seed");
    StringColumn run = StringColumn.create("run");
    StringColumn collapse = StringColumn.create("collapse");
    Set<String> metrics = new LinkedHashSet<>();
    Set<String> words = new LinkedHashSet<>();
    for (RunResult result : runs) {
      method.append(result.method());
      seed.append(result.seed());
      run.append(result.run());
      collapse.append(result.collapse().orElse(""));
      metrics.addAll(result.metrics().keySet());
      words.addAll(result.words().keySet());
    }
    Table table = Table.create(study, method, seed, run, collapse);
    for (String metric : metrics) {
      DoubleColumn column = DoubleColumn.create(metric);
      runs.forEach(result -> append(column, result.metrics().getOrDefault(metric, Double.NaN)));
      table.addColumns(column);
    }
    for (String word : words) {
      StringColumn column = StringColumn.create(word);
      runs.forEach(result -> column.append(result.words().getOrDefault(word, "")));
      table.addColumns(column);
    }
    return table;
  }

  static Table epochs(String study, List<RunResult> runs) {
    StringColumn method = StringColumn.create("method");
    LongColumn seed = LongColumn.create("seed");
    IntColumn epoch = IntColumn.create("epoch");
    DoubleColumn trainLoss = DoubleColumn.create("train_loss");
    DoubleColumn validationLoss = DoubleColumn.create("validation_loss");
    DoubleColumn validationAccuracy = DoubleColumn.create("validation_accuracy");
    LongColumn nonzero = LongColumn.create("nonzero");
    BooleanColumn settled = BooleanColumn.create("settled");
    DoubleColumn learningRate = DoubleColumn.create("learning_rate");
    DoubleColumn seconds = DoubleColumn.create("seconds");
    for (RunResult run : runs) {
      for (EpochRow row : run.epochs()) {
        method.append(run.method());
        seed.append(run.seed());
        epoch.append(row.epoch());
        append(trainLoss, row.trainLoss());
        append(validationLoss, row.validationLoss());
        append(validationAccuracy, row.validationAccuracy());
        nonzero.append(row.nonzero());
        settled.append(row.settled());
        append(learningRate, row.learningRate());
        append(seconds, row.seconds());
      }
    }
    return Table.create(
        study,
        method,
        seed,
        epoch,
        trainLoss,
        validationLoss,
        validationAccuracy,
        nonzero,
        settled,
        learningRate,
        seconds);
  }

  static Table pairs(String study, List<Comparison.Pair> pairs) {
    StringColumn first = StringColumn.create("first");
    StringColumn second = StringColumn.create("second");
    IntColumn seeds = IntColumn.create("common_seeds");
    DoubleColumn difference = DoubleColumn.create("difference_mean");
    DoubleColumn interval = DoubleColumn.create("difference_ci95");
    DoubleColumn p = DoubleColumn.create("p");
    DoubleColumn holm = DoubleColumn.create("p_holm");
    StringColumn verdict = StringColumn.create("verdict");
    for (Comparison.Pair pair : pairs) {
      first.append(pair.first());
      second.append(pair.second());
      seeds.append(pair.test().pairs());
      append(difference, pair.test().difference().mean());
      append(interval, pair.test().difference().halfWidth95());
      append(p, pair.test().p().orElse(Double.NaN));
      append(holm, pair.holmP());
      verdict.append(pair.verdict().text());
    }
    return Table.create(study, first, second, seeds, difference, interval, p, holm, verdict);
  }

  private static void append(DoubleColumn column, double value) {
    if (Double.isFinite(value)) {
      column.append(value);
    } else {
      column.appendMissing();
    }
  }
}
