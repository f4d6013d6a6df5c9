package io.coppice.framework.measure;

/**
 * The fraction of test examples whose label's logit is among the five largest; NaN for ten classes
 * or fewer, half of which that would be.
 */
public record Top5Accuracy() implements Metric {

  @Override
  public String column() {
    return "accuracy_top5";
  }

  @Override
  public double of(Trained trained) {
    return trained.network().classes() > 10 ? trained.test().top5Accuracy() : Double.NaN;
  }
}
