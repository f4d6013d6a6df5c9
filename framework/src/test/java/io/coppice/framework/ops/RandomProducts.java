package io.coppice.framework.ops;

import java.util.Random;

/** Random layouts, matrices and numbers for properties. */
final class RandomProducts {
  private static final double[] DENSITIES = {0, 0.02, 0.1, 0.5, 0.9, 1};

  private RandomProducts() {}

  static Layout layout(Random random) {
    return switch (random.nextInt(6)) {
      case 0 -> new Layout.Blocks(4, 1);
      case 1 -> new Layout.Blocks(16, 1);
      case 2 -> new Layout.Blocks(1 + random.nextInt(5), 1 + random.nextInt(5));
      case 3 -> new Layout.NOfM(2, 4);
      case 4 -> nOfM(2 + random.nextInt(7), random);
      default -> new Layout.Csr();
    };
  }

  private static Layout nOfM(int m, Random random) {
    return new Layout.NOfM(1 + random.nextInt(m - 1), m);
  }

  /** A row-major matrix of a random density that the layout can hold; 0 where it is not kept. */
  static float[] matrix(Layout layout, int rows, int columns, Random random) {
    double density = DENSITIES[random.nextInt(DENSITIES.length)];
    float[] dense = new float[rows * columns];
    for (int i = 0; i < dense.length; i++) {
      dense[i] = random.nextDouble() < density ? 1 + random.nextFloat() : 0;
    }
    if (layout instanceof Layout.NOfM nOfM) {
      thin(dense, rows, columns, nOfM);
    }
    return dense;
  }

  private static void thin(float[] dense, int rows, int columns, Layout.NOfM layout) {
    for (int row = 0; row < rows; row++) {
      int kept = 0;
      for (int column = 0; column < columns; column++) {
        kept = column % layout.m() == 0 ? 0 : kept;
        kept += dense[row * columns + column] != 0 ? 1 : 0;
        if (kept > layout.n()) {
          dense[row * columns + column] = 0;
          kept--;
        }
      }
    }
  }

  static Topology topology(int rows, int columns, Random random) {
    Layout layout = layout(random);
    return Topology.of(layout, rows, columns, matrix(layout, rows, columns, random));
  }

  static ConvolutionShape convolution(Random random) {
    int kernelHeight = 1 + random.nextInt(4);
    int kernelWidth = 1 + random.nextInt(4);
    int padding = random.nextInt(4);
    int groups = 1 + random.nextInt(3);
    return new ConvolutionShape(
        groups * (1 + random.nextInt(3)),
        Math.max(1, kernelHeight - 2 * padding) + random.nextInt(6),
        Math.max(1, kernelWidth - 2 * padding) + random.nextInt(6),
        kernelHeight,
        kernelWidth,
        1 + random.nextInt(3),
        padding,
        groups);
  }

  /** Normal numbers; those of a block over the edge too, which must have no effect. */
  static Floats normal(long count, Random random) {
    float[] numbers = new float[Math.toIntExact(count)];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return Floats.copyOf(numbers);
  }
}
