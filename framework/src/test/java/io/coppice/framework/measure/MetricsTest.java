package io.coppice.framework.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import io.coppice.framework.network.Model;
import io.coppice.framework.network.Network;
import io.coppice.framework.network.models.CustomModel;
import io.coppice.framework.network.models.LeNet300100;
import io.coppice.framework.network.models.Mlp;
import io.coppice.framework.network.models.Mnist1dGru;
import io.coppice.framework.training.EpochRow;
import io.coppice.framework.training.Evaluation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class MetricsTest {
  private static final EpochRow FIRST = new EpochRow(1, 2, 1.5, 0.5, 14, false, 0.1, 0.75);
  private static final EpochRow SECOND = new EpochRow(2, 1, 1.25, 0.75, 7, true, 0.05, 0.5);

  private NDManager manager;

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private Trained trained(Network network) {
    return new Trained(network, new Evaluation(0.9, 0.95, 0.25), SECOND, List.of(FIRST, SECOND));
  }

  /**
   * 3 inputs, 2 ReLU neurons, 2 outputs. The second neuron leads nowhere: of fc1's four nonzero
   * weights two count.
   */
  private Trained tiny() {
    Network network = Network.initialise(Mlp.of(2), new Shape(3), 2, 1, manager);
    network.layer("fc1").weight().set(new float[] {1, 0, 2, 0, 3, 4});
    network.layer("fc2").weight().set(new float[] {5, 0, 6, 0});
    return trained(network);
  }

  /** 1×4×4 image, 2 channels by 3×3 kernels over 2×2 positions, 8 features, 2 outputs. */
  private Trained image() {
    Model model =
        new CustomModel(
            "image",
            () ->
                new SequentialBlock()
                    .add(Conv2d.builder().setKernelShape(new Shape(3, 3)).setFilters(2).build())
                    .add(Activation.reluBlock())
                    .add(Blocks.batchFlattenBlock())
                    .add(Linear.builder().setUnits(2).build()));
    Network network = Network.initialise(model, new Shape(1, 4, 4), 2, 1, manager);
    float[] kernels = new float[18];
    Arrays.fill(kernels, 0, 5, 1);
    network.layer("conv1").weight().set(kernels);
    return trained(network);
  }

  private Trained empty() {
    Network network = Network.initialise(Mlp.of(2), new Shape(3), 2, 1, manager);
    network.layers().forEach(layer -> layer.weight().muli(0));
    return trained(network);
  }

  @Test
  void accuracyAndLossAreTheTestParts() {
    assertEquals(0.9, new Accuracy().of(tiny()));
    assertEquals(0.25, new TestLoss().of(tiny()));
  }

  @Test
  void topFiveIsOnlyOfManyClasses() {
    assertEquals(Double.NaN, new Top5Accuracy().of(tiny()));
    Network many = Network.initialise(Mlp.of(2), new Shape(3), 11, 1, manager);
    assertEquals(0.95, new Top5Accuracy().of(trained(many)));
  }

  @Test
  void parametersAreAllWeightsWithoutBiases() {
    assertEquals(6 + 4, new Parameters().of(tiny()));
    assertEquals(18 + 16, new Parameters().of(image()));
    Network lenet = Network.initialise(new LeNet300100(), new Shape(784), 10, 1, manager);
    assertEquals(266_200, new Parameters().of(trained(lenet)));
  }

  @Test
  void nonzeroLeavesOutWeightsOfDeadUnits() {
    assertEquals(2 + 2, new Nonzero().of(tiny()));
    assertEquals(5 + 8, new Nonzero().of(image()));
  }

  @Test
  void compressionIsParametersOverNonzero() {
    assertEquals(10.0 / 4, new Compression().of(tiny()));
    assertEquals(Double.NaN, new Compression().of(empty()));
  }

  @Test
  void flopsAreTwoPerWeightAndPosition() {
    assertEquals(2 * 10, new FlopsDense().of(tiny()));
    assertEquals(2 * (18 * 4 + 16), new FlopsDense().of(image()));
    assertEquals(2 * 4, new FlopsSparse().of(tiny()));
    assertEquals(2 * (5 * 4 + 8), new FlopsSparse().of(image()));
    assertEquals(10.0 / 4, new FlopsRatio().of(tiny()));
    assertEquals(Double.NaN, new FlopsRatio().of(empty()));
  }

  @Test
  void flopsOfARecurrentWeightCountEveryTimeStep() {
    Network gru = Network.initialise(new Mnist1dGru(), new Shape(40), 10, 1, manager);
    assertEquals(2 * (40 * 2 * (18 + 18 * 6) + 4800), new FlopsDense().of(trained(gru)));
  }

  @Test
  void bytesFollowTheFormats() {
    assertEquals(4 * 10, new BytesDense().of(tiny()));
    assertEquals(1 + 1 + 4 * 4, new BytesBitmask().of(tiny()), "6 bits, 4 bits, 4 values");
    assertEquals(3 + 2 + 4 * 13, new BytesBitmask().of(image()), "18 bits, 16 bits, 13 values");
    assertEquals(4 * (4 + 2) + 4 * 3 + 4 * 3, new BytesCsr().of(tiny()));
    assertEquals(13 * (4 + 2) + 4 * 3 + 4 * 3, new BytesCsr().of(image()));
  }

  @Test
  void csrNeedsLongIndicesPast65536Columns() {
    for (int columns : new int[] {65_536, 65_537}) {
      Network network = Network.initialise(Mlp.of(), new Shape(columns), 1, 1, manager);
      float[] weight = new float[columns];
      weight[7] = 1;
      network.layer("fc1").weight().set(weight);
      int index = columns == 65_536 ? 2 : 4;
      assertEquals(4 + index + 4 * 2, new BytesCsr().of(trained(network)));
    }
  }

  @Test
  void secondsAreAllEpochs() {
    assertEquals(1.25, new Seconds().of(tiny()));
    assertEquals(2, new ChosenEpoch().of(tiny()));
  }

  @Test
  void deadUnitsAreHiddenOnes() {
    assertEquals(1, new DeadUnits().of(tiny()));
    assertEquals(1, new DeadUnits().of(image()));
    assertEquals(2, new DeadUnits().of(empty()));
  }

  @Test
  void everyLayerHasItsSparsity() {
    assertEquals(
        Map.of("sparsity_fc1", 1 - 2.0 / 6, "sparsity_fc2", 1 - 2.0 / 4),
        new LayerSparsity().columns(tiny()).numbers());
    assertEquals(
        List.of("sparsity_conv1", "sparsity_fc1"),
        List.copyOf(new LayerSparsity().columns(image()).numbers().keySet()));
  }

  @Test
  void latencyIsMedianAndDistanceOfQuartiles() {
    long[] sorted = {10, 20, 40, 80, 100};
    assertEquals(40, Passes.quantile(sorted, 0.5));
    assertEquals(20, Passes.quantile(sorted, 0.25));
    assertEquals(30, Passes.quantile(new long[] {10, 20, 40, 80}, 0.5));
    assertEquals(17.5, Passes.quantile(new long[] {10, 20, 40, 80}, 0.25));
    Map<String, Double> columns = new Latency().columns(tiny()).numbers();
    assertEquals(List.of("latency_us", "latency_iqr_us"), List.copyOf(columns.keySet()));
    assertTrue(columns.get("latency_us") > 0 && columns.get("latency_iqr_us") >= 0);
  }

  /** The engine's sparse layers are not on the class path here. */
  @Test
  void anEngineWithoutSparseLayersExecutesDensely() {
    Row row = new Executed().columns(tiny());
    assertEquals(
        List.of("latency_executed_us", "bytes_executed"), List.copyOf(row.numbers().keySet()));
    assertTrue(row.numbers().get("latency_executed_us") > 0);
    assertEquals(4 * 10, row.numbers().get("bytes_executed"));
    assertEquals("dense", row.words().get("execution"));
  }

  @Test
  void aNetworkWithoutZerosIsExecutedDensely() {
    Network network = Network.initialise(Mlp.of(2), new Shape(3), 2, 1, manager);
    Row row = new Executed().columns(trained(network));
    assertEquals("dense", row.words().get("execution"));
    assertEquals(4 * 10, row.numbers().get("bytes_executed"));
    assertTrue(row.numbers().get("latency_executed_us") > 0);
  }

  @Test
  void peakMemoryIsReadInMebibytes() {
    assertEquals(3.5, PeakMemory.mebibytes(List.of("VmPeak:\t  9999 kB", "VmHWM:\t    3584 kB")));
    assertEquals(Double.NaN, PeakMemory.mebibytes(List.of("VmPeak:\t  9999 kB")));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void peakMemoryIsAtLeastTheEnginesLibraries() {
    assertTrue(new PeakMemory().of(tiny()) > 50);
  }

  @Test
  void theRowHasAllColumnsInOrder() {
    assertEquals(
        List.of(
            "accuracy",
            "accuracy_top5",
            "loss",
            "parameters",
            "nonzero",
            "compression",
            "flops_dense",
            "flops_sparse",
            "flops_ratio",
            "latency_us",
            "latency_iqr_us",
            "bytes_dense",
            "bytes_bitmask",
            "bytes_csr",
            "latency_executed_us",
            "bytes_executed",
            "seconds",
            "peak_memory_mib",
            "dead_units",
            "chosen_epoch",
            "sparsity_fc1",
            "sparsity_fc2"),
        new ArrayList<>(Metrics.all(tiny()).numbers().keySet()));
    assertEquals(Set.of("execution"), Metrics.all(tiny()).words().keySet());
  }
}
