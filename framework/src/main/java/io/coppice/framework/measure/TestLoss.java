package io.coppice.framework.measure;

/** Mean cross-entropy on the test part, in nats. */
public record TestLoss() implements Metric {

  @Override
  public String column() {
    return "loss";
  }

  @Override
  public double of(Trained trained) {
    return trained.test().loss();
  }
}
