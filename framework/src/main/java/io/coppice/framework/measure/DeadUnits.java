package io.coppice.framework.measure;

import io.coppice.framework.network.Liveness;

/** Hidden neurons and channels that can be removed without a change; see {@link Liveness}. */
public record DeadUnits() implements Metric {

  @Override
  public String column() {
    return "dead_units";
  }

  @Override
  public double of(Trained trained) {
    return trained.liveness().deadUnits();
  }
}
