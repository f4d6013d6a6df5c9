package io.coppice.framework.method.gates;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SwitcherNetworkTest {
  private static final Shape ONE = new Shape(1, 1);
  private static final Shape TWO = new Shape(2, 2);
  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  private SwitcherNetwork network(Gating gating, Shape matrix, int depth, boolean openStart) {
    List<Integer> channels = List.of(4, 6, 5, 3).subList(0, depth + 1);
    UNet recipe = new UNet(channels, UNet.Input.WEIGHT_OVER_RMS, openStart);
    SwitcherNetwork network = new SwitcherNetwork(recipe, gating, matrix, new Random(5), manager);
    Random random = new Random(6);
    float[] theta = network.theta().toFloatArray();
    for (int i = 0; i < theta.length; i++) {
      theta[i] += (float) (0.05 * random.nextGaussian());
    }
    network.theta().set(theta);
    return network;
  }

  private NDArray matrix(int rows, int columns) {
    manager.getEngine().setRandomSeed(4);
    return manager.randomNormal(0, 1, new Shape(rows, columns), DataType.FLOAT32);
  }

  @ParameterizedTest
  @CsvSource({"8,12,2", "7,5,2", "10,3,2", "2,1,2", "9,6,1", "13,11,3"})
  void connectionsAreTheOrdinaryUNet(int rows, int columns, int depth) {
    NDArray matrix = matrix(rows, columns);
    SwitcherNetwork network = network(Gating.CONNECTIONS, matrix.getShape(), depth, true);
    NDArray gates = network.gates(network.patches(matrix), network.theta());
    assertEquals(matrix.getShape(), gates.getShape());
    NDArray below = ordinary(matrix, network.named(network.theta()), depth, false);
    assertArrayEquals(below.toFloatArray(), gates.toFloatArray(), 1e-5f);
    assertTrue(gates.max().getFloat() > 0);
  }

  @ParameterizedTest
  @CsvSource({"8,12,2", "7,5,2", "10,3,2", "2,1,2", "9,6,1", "13,11,3"})
  void neuronsAreTheOrdinaryUNetWithColumnConvolutions(int rows, int columns, int depth) {
    NDArray matrix = matrix(rows, columns);
    SwitcherNetwork network = network(Gating.NEURONS, matrix.getShape(), depth, true);
    NDArray gates = network.gates(network.patches(matrix), network.theta());
    assertEquals(new Shape(columns), gates.getShape());
    NDArray below = ordinary(matrix, network.named(network.theta()), depth, true);
    assertArrayEquals(below.toFloatArray(), gates.toFloatArray(), 1e-5f);
  }

  /** Convolution, pooling, upsampling and concatenation by the engine's own operators. */
  private NDArray ordinary(NDArray matrix, Map<String, NDArray> theta, int depth, boolean neurons) {
    NDArray scaled = matrix.div(matrix.square().mean().sqrt());
    NDArray input = scaled.reshape(1, 1, matrix.getShape().get(0), matrix.getShape().get(1));
    NDArray[] levels = new NDArray[depth + 1];
    for (int level = 0; level <= depth; level++) {
      NDArray kernel = theta.get("down" + level);
      NDArray bias = theta.get("down" + level + ".bias");
      if (level < depth) {
        long taps = kernel.getShape().get(1) - 1;
        bias = kernel.get(":, " + taps).duplicate();
        kernel = kernel.get(":, :" + taps).reshape(-1, 3, 3, taps / 9).transpose(0, 3, 1, 2);
      } else {
        long out = kernel.getShape().get(0) / 3;
        bias = bias.reshape(-1);
        kernel = kernel.reshape(3, out, 3, -1).transpose(1, 3, 2, 0);
      }
      NDArray features =
          relu(
              input
                  .getNDArrayInternal()
                  .convolution(input, kernel.duplicate(), bias, ONE, ONE, ONE, 1)
                  .singletonOrThrow());
      levels[level] = neurons ? column(features, theta, level, depth) : features;
      input = features.getNDArrayInternal().maxPool(TWO, TWO, new Shape(0, 0), true);
    }
    NDArray below = levels[depth];
    for (int level = depth - 1; level >= 0; level--) {
      Shape size = levels[level].getShape();
      NDArray grown =
          below.getNDArrayInternal().interpolation(new long[] {size.get(2), size.get(3)}, 0, false);
      NDArray both = NDArrays.concat(new NDList(grown, levels[level]), 1);
      NDArray kernel =
          NDArrays.concat(new NDList(theta.get("up" + level), theta.get("skip" + level)), 1);
      kernel = kernel.reshape(kernel.getShape().get(0), kernel.getShape().get(1), 1, 1);
      NDArray bias = theta.get("bias" + level).reshape(-1);
      below =
          relu(
              both.getNDArrayInternal()
                  .convolution(both, kernel, bias, ONE, new Shape(0, 0), ONE, 1)
                  .singletonOrThrow());
    }
    return below;
  }

  /** [1, c, h, w] to [1, c, 1, w] by a kernel as high as the features. */
  private NDArray column(NDArray features, Map<String, NDArray> theta, int level, int depth) {
    NDArray kernel = theta.get("column" + level);
    int channels = (int) kernel.getShape().get(0);
    int height = (int) features.getShape().get(2);
    int digits = depth - level;
    int tall = (int) kernel.getShape().get(1) / channels;
    float[] nested = kernel.toFloatArray();
    float[] plain = new float[channels * channels * height];
    for (int c = 0; c < channels; c++) {
      for (int y = 0; y < height; y++) {
        int place = 0;
        for (int digit = 0; digit < digits; digit++) {
          place = 2 * place + (y >> digit & 1);
        }
        int at = place * (tall >> digits) + (y >> digits);
        for (int o = 0; o < channels; o++) {
          plain[(o * channels + c) * height + y] = nested[(o * channels + c) * tall + at];
        }
      }
    }
    NDArray weight = manager.create(plain, new Shape(channels, channels, height, 1));
    NDArray bias = theta.get("column" + level + ".bias").reshape(-1);
    return relu(
        features
            .getNDArrayInternal()
            .convolution(features, weight, bias, ONE, new Shape(0, 0), ONE, 1)
            .singletonOrThrow());
  }

  private static NDArray relu(NDArray array) {
    return array.getNDArrayInternal().relu();
  }

  @ParameterizedTest
  @CsvSource({"CONNECTIONS", "NEURONS"})
  void gradientsReachEveryParameterAndTheMatrix(Gating gating) {
    NDArray matrix = matrix(7, 6);
    SwitcherNetwork network = network(gating, matrix.getShape(), 2, true);
    NDArray patches = network.patches(matrix);
    NDArray factor =
        manager.randomNormal(
            0, 1, network.gates(patches, network.theta()).getShape(), DataType.FLOAT32);
    Gradients.check(
        network.theta(),
        () -> network.gates(patches, network.theta()).mul(factor).sum(),
        1e-3,
        2e-2,
        150);
    Gradients.check(
        matrix,
        () ->
            network
                .gates(network.patches(matrix), network.theta().stopGradient())
                .mul(factor)
                .sum(),
        1e-3,
        2e-2,
        12);
  }

  @ParameterizedTest
  @CsvSource({"CONNECTIONS", "NEURONS"})
  void openStartIsNearOne(Gating gating) {
    NDArray matrix = matrix(30, 20);
    UNet recipe = new UNet(List.of(4, 8, 8), UNet.Input.MAGNITUDE_OVER_RMS, true);
    SwitcherNetwork network =
        new SwitcherNetwork(recipe, gating, matrix.getShape(), new Random(1), manager);
    NDArray gates = network.gates(network.patches(matrix), network.theta());
    assertTrue(gates.min().getFloat() > 0.3, () -> "smallest " + gates.min().getFloat());
    assertTrue(gates.max().getFloat() < 2, () -> "largest " + gates.max().getFloat());
  }
}
