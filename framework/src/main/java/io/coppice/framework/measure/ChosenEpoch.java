package io.coppice.framework.measure;

/** The epoch, from 1, that validation chose. */
public record ChosenEpoch() implements Metric {

  @Override
  public String column() {
    return "chosen_epoch";
  }

  @Override
  public double of(Trained trained) {
    return trained.chosen().epoch();
  }
}
