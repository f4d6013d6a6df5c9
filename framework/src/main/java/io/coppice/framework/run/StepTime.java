package io.coppice.framework.run;

import io.coppice.framework.data.DataSource;
import io.coppice.framework.data.Examples;
import io.coppice.framework.data.Parts;
import io.coppice.framework.data.Signature;
import io.coppice.framework.method.Dense;
import io.coppice.framework.network.Model;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.training.LearningRates;
import io.coppice.framework.training.Plan;
import io.coppice.framework.training.Training;
import io.coppice.framework.training.TrainingRecipe;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** How long one step of training takes on this machine, tried on noise. */
final class StepTime {
  private static final int WARM_UP = 2;
  private static final int MOST = 30;
  private static final double SECONDS = 0.25;

  private StepTime() {}

  /** The dense network's median step in seconds, from a quarter of a second of them. */
  static double dense(Model model, TrainingRecipe recipe, Signature signature) {
    TrainingRecipe oneStep =
        new TrainingRecipe(
            recipe.optimizer(),
            new LearningRates.Constant(),
            recipe.batch(),
            Time.epochs(MOST),
            recipe.clipNorm(),
            recipe.labelSmoothing());
    Plan plan = new Plan(new Noise(signature, recipe.batch()), model, oneStep, new Dense(), 1);
    double[] seconds = new double[MOST];
    int count = 0;
    try (Training training = new Training(plan, plan.data().load())) {
      double spent = 0;
      while (count < MOST && (count <= WARM_UP || spent < SECONDS)) {
        seconds[count] = training.nextEpoch().seconds();
        spent += seconds[count++];
      }
    }
    double[] steady = IntStream.range(WARM_UP, count).mapToDouble(i -> seconds[i]).toArray();
    Arrays.sort(steady);
    return steady[steady.length / 2];
  }

  /** One batch, so that an epoch is a step. */
  private record Noise(Signature like, int batch) implements DataSource {
    @Override
    public String name() {
      return "noise";
    }

    @Override
    public Parts load() {
      return new Parts(like.classes(), part(batch), part(1), () -> part(1));
    }

    private Examples part(int count) {
      Random random = new Random(1);
      float[] features = new float[Math.toIntExact(count * like.sample().size())];
      for (int i = 0; i < features.length; i++) {
        features[i] = (float) random.nextGaussian();
      }
      int[] labels = random.ints(count, 0, like.classes()).toArray();
      return new Examples(features, labels, like.sample());
    }
  }
}
