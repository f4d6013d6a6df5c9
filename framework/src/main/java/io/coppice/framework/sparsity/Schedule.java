package io.coppice.framework.sparsity;

import io.coppice.framework.recipe.Require;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.recipe.Timeline;
import java.util.NavigableMap;
import java.util.TreeMap;

/** When weights are removed, and down to which fraction. */
public sealed interface Schedule {

  /** The schedule's name in tables. */
  String name();

  /**
   * Every step at which weights are removed, from 0, with the fraction that stays then: falling,
   * the last one {@code keep}.
   *
   * @throws io.coppice.framework.recipe.RecipeException when a time does not fit the training
   */
  NavigableMap<Long, Double> densities(double keep, Timeline timeline);

  /** All at once; at the training's end means before its last update. */
  record OneShot(Time at) implements Schedule {
    @Override
    public String name() {
      return "one-shot";
    }

    @Override
    public NavigableMap<Long, Double> densities(double keep, Timeline timeline) {
      TreeMap<Long, Double> densities = new TreeMap<>();
      densities.put(Schedule.step("at", at, timeline), keep);
      return densities;
    }
  }

  /**
   * Sparsity rises as 1 − (1 − τ)^exponent of its final value, τ from 0 at {@code from} to 1 at
   * {@code until}, in steps of {@code every}; Zhu and Gupta 2017, eq. 1, whose exponent is 3.
   */
  record Polynomial(double exponent, Time from, Time until, Time every) implements Schedule {
    public Polynomial {
      Require.positive("exponent", exponent);
    }

    /** The exponent of Zhu and Gupta. */
    public static Polynomial cubic(Time from, Time until, Time every) {
      return new Polynomial(3, from, until, every);
    }

    @Override
    public String name() {
      return exponent == 3 ? "cubic" : "polynomial " + exponent;
    }

    @Override
    public NavigableMap<Long, Double> densities(double keep, Timeline timeline) {
      long first = Schedule.step("from", from, timeline);
      long last = Schedule.step("until", until, timeline);
      Require.that(first < last, "until", "step " + last, "after from, which is step " + first);
      long length = Schedule.length("every", every, timeline);
      TreeMap<Long, Double> densities = new TreeMap<>();
      for (long step = first + length; step < last; step += length) {
        double left = 1 - (double) (step - first) / (last - first);
        densities.put(step, 1 - (1 - keep) * (1 - Math.pow(left, exponent)));
      }
      densities.put(last, keep);
      return densities;
    }
  }

  /**
   * {@code fraction} of what is left goes at {@code from} and then every {@code every}, until only
   * what is to stay is left.
   */
  record Periodic(double fraction, Time from, Time every) implements Schedule {
    public Periodic {
      Require.part("fraction", fraction);
    }

    @Override
    public String name() {
      return "periodic";
    }

    @Override
    public NavigableMap<Long, Double> densities(double keep, Timeline timeline) {
      long step = Schedule.step("from", from, timeline);
      long length = Schedule.length("every", every, timeline);
      TreeMap<Long, Double> densities = new TreeMap<>();
      for (double left = 1 - fraction; left > keep; left *= 1 - fraction) {
        densities.put(step, left);
        step += length;
      }
      Require.that(
          step < timeline.totalSteps(),
          "every",
          length + " steps, which reaches keep " + keep + " at step " + step,
          "a length that ends before step " + timeline.totalSteps());
      densities.put(step, keep);
      return densities;
    }
  }

  /**
   * {@code rounds} rounds of training for {@code every} and then removing the same fraction of what
   * is left: keep^(r / rounds) stays after round r.
   */
  record Rounds(int rounds, Time every) implements Schedule {
    public Rounds {
      Require.atLeast("rounds", rounds, 1);
    }

    @Override
    public String name() {
      return rounds + " rounds";
    }

    @Override
    public NavigableMap<Long, Double> densities(double keep, Timeline timeline) {
      long length = Schedule.length("every", every, timeline);
      Require.that(
          rounds * length < timeline.totalSteps(),
          "rounds",
          rounds + " of " + length + " steps",
          "fewer than the training's " + timeline.totalSteps() + " steps together");
      TreeMap<Long, Double> densities = new TreeMap<>();
      for (int round = 1; round < rounds; round++) {
        densities.put(round * length, Math.pow(keep, (double) round / rounds));
      }
      densities.put(rounds * length, keep);
      return densities;
    }
  }

  /** The step before whose update a time falls; the training's end is its last step. */
  static long step(String parameter, Time time, Timeline timeline) {
    long step = time.toStep(timeline);
    Require.that(
        step <= timeline.totalSteps(),
        parameter,
        "step " + step,
        "at most the training's " + timeline.totalSteps() + " steps");
    return Math.min(step, timeline.totalSteps() - 1);
  }

  /** A length in steps, at least one. */
  static long length(String parameter, Time time, Timeline timeline) {
    long steps = time.toStep(timeline);
    return Require.that(steps >= 1, parameter, steps, "at least 1 step");
  }
}
