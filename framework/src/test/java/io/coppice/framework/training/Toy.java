package io.coppice.framework.training;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Block;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.BatchNorm;
import ai.djl.nn.norm.Dropout;
import io.coppice.framework.data.DataSource;
import io.coppice.framework.data.Examples;
import io.coppice.framework.data.Parts;
import io.coppice.framework.method.Epoch;
import io.coppice.framework.method.Method;
import io.coppice.framework.method.RunContext;
import io.coppice.framework.method.Sparsifier;
import io.coppice.framework.method.Step;
import io.coppice.framework.network.Layer;
import io.coppice.framework.network.Model;
import io.coppice.framework.network.Network;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Small recipes that use everything a resume must bring back. */
public final class Toy {
  private Toy() {}

  /** Two rings around the origin, with a little noise. */
  public record Rings(int examples) implements DataSource {
    @Override
    public String name() {
      return "rings";
    }

    @Override
    public Parts load() {
      return new Parts(2, part(examples, 1), part(200, 2), () -> part(200, 3));
    }

    private static Examples part(int count, long seed) {
      Random random = new Random(seed);
      float[] features = new float[2 * count];
      int[] labels = new int[count];
      for (int i = 0; i < count; i++) {
        labels[i] = random.nextInt(2);
        double angle = 2 * Math.PI * random.nextDouble();
        double radius = 1 + labels[i] + 0.3 * random.nextGaussian();
        features[2 * i] = (float) (radius * Math.cos(angle));
        features[2 * i + 1] = (float) (radius * Math.sin(angle));
      }
      return new Examples(features, labels, new Shape(2));
    }
  }

  /** A hidden layer with batch normalisation and dropout. */
  public record NormalisedMlp(int hidden, double dropout) implements Model {
    @Override
    public String name() {
      return "normalised mlp";
    }

    @Override
    public Block block(Shape sample, int classes) {
      return new SequentialBlock()
          .add(Linear.builder().setUnits(hidden).build())
          .add(BatchNorm.builder().build())
          .add(Activation.reluBlock())
          .add(Dropout.builder().optRate((float) dropout).build())
          .add(Linear.builder().setUnits(classes).build());
    }
  }

  /**
   * Closes a share of the open weights after each epoch, by chance, and keeps a factor per layer
   * that moves with the learning rate: every epoch depends on the masks and factors of the last.
   */
  public record Erosion(String name, double share) implements Method {
    @Override
    public Sparsifier bind(Network network, RunContext context) {
      Map<String, NDArray> masks = new LinkedHashMap<>();
      Map<String, NDArray> factors = new LinkedHashMap<>();
      for (Layer layer : network.layers()) {
        masks.put(layer.name(), context.manager().ones(layer.shape(), DataType.BOOLEAN));
        factors.put(layer.name(), context.manager().create(1f));
      }
      return new Sparsifier() {
        @Override
        public NDArray of(Layer layer, NDArray weight) {
          return weight
              .mul(masks.get(layer.name()).toType(DataType.FLOAT32, false))
              .mul(factors.get(layer.name()));
        }

        @Override
        public void afterStep(Step step) {
          factors.values().forEach(f -> f.muli((float) (1 - step.learningRate() / 100)));
        }

        @Override
        public void afterEpoch(Epoch epoch) {
          Random random = context.random("erosion", epoch.index());
          for (NDArray mask : masks.values()) {
            boolean[] open = mask.toBooleanArray();
            for (int i = 0; i < open.length; i++) {
              open[i] &= random.nextDouble() >= share;
            }
            try (NDArray fewer = mask.getManager().create(open, mask.getShape())) {
              fewer.copyTo(mask);
            }
          }
        }

        @Override
        public Map<String, NDArray> parameters() {
          return factors;
        }

        @Override
        public Map<String, NDArray> state() {
          return masks;
        }
      };
    }
  }
}
