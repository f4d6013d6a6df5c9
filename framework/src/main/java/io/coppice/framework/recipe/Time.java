package io.coppice.framework.recipe;

/** A moment or a length of training, as the user wrote it. */
public sealed interface Time {

  /** The step this time falls on, counted from 0 at the start of training. */
  long toStep(Timeline timeline);

  /** The epochs that a length takes, the last of which may be partial. */
  default int toEpochs(Timeline timeline) {
    return (int) Math.ceil((double) toStep(timeline) / timeline.stepsPerEpoch());
  }

  record Epochs(double epochs) implements Time {
    public Epochs {
      Require.notNegative("epochs", epochs);
    }

    @Override
    public long toStep(Timeline timeline) {
      return Math.round(epochs * timeline.stepsPerEpoch());
    }
  }

  record Steps(long steps) implements Time {
    public Steps {
      Require.notNegative("steps", steps);
    }

    @Override
    public long toStep(Timeline timeline) {
      return steps;
    }
  }

  /** A share of the whole training, in percent. */
  record Percent(double percent) implements Time {
    public Percent {
      Require.that(percent >= 0 && percent <= 100, "percent", percent, "a number from 0 to 100");
    }

    @Override
    public long toStep(Timeline timeline) {
      return Math.round(percent / 100 * timeline.totalSteps());
    }
  }

  static Time epochs(double epochs) {
    return new Epochs(epochs);
  }

  static Time steps(long steps) {
    return new Steps(steps);
  }

  static Time percent(double percent) {
    return new Percent(percent);
  }
}
