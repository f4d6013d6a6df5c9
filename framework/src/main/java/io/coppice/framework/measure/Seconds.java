package io.coppice.framework.measure;

import io.coppice.framework.training.EpochRow;

/** The training time of all epochs in seconds, without validation. */
public record Seconds() implements Metric {

  @Override
  public String column() {
    return "seconds";
  }

  @Override
  public double of(Trained trained) {
    return trained.epochs().stream().mapToDouble(EpochRow::seconds).sum();
  }
}
