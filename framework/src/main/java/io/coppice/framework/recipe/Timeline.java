package io.coppice.framework.recipe;

/** How long a training is, in optimiser steps. */
public record Timeline(long stepsPerEpoch, long totalSteps) {
  public Timeline {
    Require.that(stepsPerEpoch >= 1, "stepsPerEpoch", stepsPerEpoch, "an integer of at least 1");
    Require.that(totalSteps >= 1, "totalSteps", totalSteps, "an integer of at least 1");
  }

  /** The number of epochs, the last of which may be partial. */
  public int epochs() {
    return Math.toIntExact((totalSteps + stepsPerEpoch - 1) / stepsPerEpoch);
  }

  /** The number of steps of the epoch with this index. */
  public long stepsIn(int epoch) {
    return Math.min(stepsPerEpoch, totalSteps - epoch * stepsPerEpoch);
  }
}
