package io.coppice.framework.training;

import io.coppice.framework.recipe.Require;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.recipe.Timeline;

/** The learning-rate schedules. */
public final class LearningRates {
  private LearningRates() {}

  public record Constant() implements LearningRate {
    @Override
    public Course start(Timeline timeline) {
      return step -> 1;
    }
  }

  /** Half a cosine from 1 to {@code floor}: Loshchilov and Hutter 2017, eq. 5, without restarts. */
  public record Cosine(double floor) implements LearningRate {
    public Cosine {
      Require.within("floor", floor, 0, 1);
    }

    @Override
    public Course start(Timeline timeline) {
      double total = timeline.totalSteps();
      return step -> floor + (1 - floor) * (1 + Math.cos(Math.PI * step / total)) / 2;
    }
  }

  /** Multiplied by {@code factor} every {@code every}. */
  public record StepDecay(Time every, double factor) implements LearningRate {
    public StepDecay {
      Require.fraction("factor", factor);
    }

    @Override
    public Course start(Timeline timeline) {
      long length = Math.max(1, every.toStep(timeline));
      return step -> Math.pow(factor, step / length);
    }
  }

  /** Rises linearly over {@code length}, then follows {@code next} from its own start. */
  public record WarmUp(Time length, LearningRate next) implements LearningRate {
    @Override
    public Course start(Timeline timeline) {
      long warm = length.toStep(timeline);
      Require.that(
          warm < timeline.totalSteps(), "warmUp", warm + " steps", "shorter than the training");
      Course later =
          next.start(new Timeline(timeline.stepsPerEpoch(), timeline.totalSteps() - warm));
      return new Course() {
        @Override
        public double factor(long step) {
          return step < warm ? (step + 1.0) / (warm + 1) : later.factor(step - warm);
        }

        @Override
        public void afterEpoch(double validationLoss) {
          later.afterEpoch(validationLoss);
        }

        @Override
        public double[] state() {
          return later.state();
        }

        @Override
        public void restore(double[] state) {
          later.restore(state);
        }
      };
    }
  }

  /**
   * Multiplied by {@code factor} when the validation loss has not fallen for {@code patience}
   * epochs.
   */
  public record Plateau(double factor, int patience) implements LearningRate {
    public Plateau {
      Require.fraction("factor", factor);
      Require.atLeast("patience", patience, 1);
    }

    @Override
    public Course start(Timeline timeline) {
      return new Course() {
        private double current = 1;
        private double best = Double.POSITIVE_INFINITY;
        private double waited;

        @Override
        public double factor(long step) {
          return current;
        }

        @Override
        public void afterEpoch(double validationLoss) {
          if (validationLoss < best) {
            best = validationLoss;
            waited = 0;
          } else if (++waited >= patience) {
            current *= factor;
            waited = 0;
          }
        }

        @Override
        public double[] state() {
          return new double[] {current, best, waited};
        }

        @Override
        public void restore(double[] state) {
          current = state[0];
          best = state[1];
          waited = state[2];
        }
      };
    }
  }
}
