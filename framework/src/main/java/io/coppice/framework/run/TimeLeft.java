package io.coppice.framework.run;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** How long a study will still take, judged by the epochs and runs that it has trained so far. */
public final class TimeLeft {
  private final Clock clock;
  private final int sharing;
  private final Instant begun;
  private Instant runStart;
  private int firstEpoch;
  private int epochs;
  private int trainedRuns;
  private Duration training = Duration.ZERO;

  public TimeLeft(Clock clock) {
    this(clock, 1);
  }

  /**
   * As if the work had not begun.
   *
   * @param sharing how many processes take the runs that are left
   */
  public TimeLeft(Clock clock, int sharing) {
    this.clock = clock;
    this.sharing = sharing;
    this.begun = clock.instant();
  }

  /** A run begins, or resumes after some of its epochs. */
  public void runStarted(int finishedEpochs, int epochs) {
    runStart = clock.instant();
    firstEpoch = finishedEpochs;
    this.epochs = epochs;
  }

  /** The run that was started has ended; one without an epoch tells nothing. */
  public void runFinished(int lastEpoch) {
    if (lastEpoch > firstEpoch) {
      trainedRuns++;
      training = training.plus(perEpoch(lastEpoch).multipliedBy(lastEpoch));
    }
  }

  /**
   * The rest of this run, and {@code runsLeft} more.
   *
   * @param epoch how many epochs of this run are trained, one at least since it was started
   */
  public Duration after(int epoch, int runsLeft) {
    Duration perRun =
        trainedRuns > 0 ? training.dividedBy(trainedRuns) : perEpoch(epoch).multipliedBy(epochs);
    return perEpoch(epoch)
        .multipliedBy(epochs - epoch)
        .plus(perRun.multipliedBy(runsLeft).dividedBy(sharing));
  }

  /** So many runs more; empty while none has been trained. */
  public Optional<Duration> ofRuns(int runsLeft) {
    return trainedRuns == 0
        ? Optional.empty()
        : Optional.of(training.dividedBy(trainedRuns).multipliedBy(runsLeft).dividedBy(sharing));
  }

  private Duration perEpoch(int epoch) {
    return Duration.between(runStart, clock.instant()).dividedBy(epoch - firstEpoch);
  }

  /** The time since the study began. */
  public Duration spent() {
    return Duration.between(begun, clock.instant());
  }

  /** A length of time in two units at most: 45 s, 2 min 5 s, 1 h 20 min. */
  public static String words(Duration time) {
    long seconds = Math.max(0, Math.round(time.toMillis() / 1000.0));
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min " + seconds % 60 + " s";
    }
    return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
  }
}
