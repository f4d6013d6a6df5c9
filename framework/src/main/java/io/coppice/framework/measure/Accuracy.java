package io.coppice.framework.measure;

/** The fraction of test examples whose largest logit is their label's. */
public record Accuracy() implements Metric {

  @Override
  public String column() {
    return "accuracy";
  }

  @Override
  public double of(Trained trained) {
    return trained.test().accuracy();
  }
}
