package io.coppice.framework.method.gates;

import ai.djl.ndarray.types.Shape;
import io.coppice.framework.data.DataSource;
import io.coppice.framework.data.Examples;
import io.coppice.framework.data.Parts;
import io.coppice.framework.method.Method;
import io.coppice.framework.network.Initialization;
import io.coppice.framework.network.models.Mlp;
import io.coppice.framework.optimize.Sgd;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.training.LearningRates;
import io.coppice.framework.training.Plan;
import io.coppice.framework.training.TrainingRecipe;
import java.util.List;
import java.util.Random;

/** Small trainings for the gates' tests. */
public final class Tasks {
  private Tasks() {}

  /** Four classes told by the signs of the first two of eight inputs; the others are noise. */
  public record Corners(int count) implements DataSource {
    @Override
    public String name() {
      return "corners";
    }

    @Override
    public Parts load() {
      return new Parts(4, part(count, 1), part(400, 2), () -> part(400, 3));
    }

    private static Examples part(int count, long seed) {
      Random random = new Random(seed);
      float[] features = new float[8 * count];
      int[] labels = new int[count];
      for (int i = 0; i < features.length; i++) {
        features[i] = (float) random.nextGaussian();
      }
      for (int i = 0; i < count; i++) {
        labels[i] = (features[8 * i] > 0 ? 1 : 0) + (features[8 * i + 1] > 0 ? 2 : 0);
      }
      return new Examples(features, labels, new Shape(8));
    }
  }

  /** 8-24-16-4, 640 weights, batches of 50 of 1000 examples. */
  public static Plan plan(Method method, int epochs) {
    return plan(method, epochs, 0.1);
  }

  static Plan plan(Method method, int epochs, double learningRate) {
    return plan(method, epochs, learningRate, List.of(24, 16));
  }

  static Plan plan(Method method, int epochs, double learningRate, List<Integer> hidden) {
    return new Plan(
        new Corners(1000),
        new Mlp("mlp", hidden, true, 0.1, Initialization.KAIMING_NORMAL),
        new TrainingRecipe(
            new Sgd(learningRate, 0.9, false, 0),
            new LearningRates.Cosine(0),
            50,
            Time.epochs(epochs),
            0,
            0),
        method,
        1);
  }
}
