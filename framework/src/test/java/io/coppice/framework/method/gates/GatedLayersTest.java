package io.coppice.framework.method.gates;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.nn.Blocks;
import ai.djl.nn.SequentialBlock;
import ai.djl.nn.convolutional.Conv2d;
import ai.djl.nn.core.Linear;
import io.coppice.framework.network.Initialization;
import io.coppice.framework.network.Model;
import io.coppice.framework.network.Network;
import io.coppice.framework.network.models.Mlp;
import io.coppice.framework.recipe.RecipeException;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GatedLayersTest {
  private final NDManager manager = NDManager.newBaseManager();

  @AfterEach
  void close() {
    manager.close();
  }

  /** 3-4-2: W of 4×3 and 2×4. */
  private Network chain() {
    return Network.initialise(
        new Mlp("mlp", List.of(4), false, 0, Initialization.KAIMING_NORMAL),
        new Shape(3),
        2,
        1,
        manager);
  }

  /** Two convolutions of 3×3, 1-2-3 channels, and a layer of 3·4·4 inputs. */
  record Convolutional() implements Model {
    @Override
    public String name() {
      return "convolutional";
    }

    @Override
    public Block block(Shape sample, int classes) {
      SequentialBlock block = new SequentialBlock();
      for (int filters : new int[] {2, 3}) {
        block.add(
            Conv2d.builder()
                .setKernelShape(new Shape(3, 3))
                .optPadding(new Shape(1, 1))
                .setFilters(filters)
                .build());
      }
      return block.add(Blocks.batchFlattenBlock()).add(Linear.builder().setUnits(classes).build());
    }
  }

  private Network convolutional() {
    return Network.initialise(new Convolutional(), new Shape(1, 4, 4), 2, 1, manager);
  }

  private List<NDArray> neuronGates() {
    return List.of(
        manager.create(new float[] {0.5f, 0, 2}, new Shape(1, 3)),
        manager.create(new float[] {0, 0.25f, 0.75f, 0}, new Shape(1, 4)));
  }

  @Test
  void closedNeuronsTakeColumnAndRow() {
    Network network = chain();
    GatedLayers layers = GatedLayers.of(network, Gating.NEURONS, List.of());
    List<NDArray> gates = neuronGates();
    // two open inputs, two open hidden neurons, two classes
    assertEquals(2 * 2 + 2 * 2, layers.kept(GatedLayers.open(gates)));
    float[] weight = layers.get(0).weight().toFloatArray();
    float[] finished = layers.finished(0, layers.get(0).weight(), gates).toFloatArray();
    for (int row = 0; row < 4; row++) {
      boolean alive = row == 1 || row == 2;
      assertEquals(alive ? 0.5f * weight[3 * row] : 0f, finished[3 * row]);
      assertEquals(0f, finished[3 * row + 1]);
      assertEquals(alive ? 2 * weight[3 * row + 2] : 0f, finished[3 * row + 2]);
    }
  }

  @Test
  void closedNeuronsRowsDoNotMatter() {
    Network network = chain();
    GatedLayers layers = GatedLayers.of(network, Gating.NEURONS, List.of());
    List<NDArray> gates = neuronGates();
    NDArray batch = manager.create(new float[] {1, 2, 3, -1, 0.5f, -2}, new Shape(2, 3));
    NDArray gated =
        network.forward(
            batch, false, (layer, w) -> w.mul(gates.get(layers.position(layer).orElseThrow())));
    NDArray finished =
        network.forward(
            batch,
            false,
            (layer, w) -> layers.finished(layers.position(layer).orElseThrow(), w, gates));
    assertArrayEquals(gated.toFloatArray(), finished.toFloatArray(), 1e-6f);
  }

  @Test
  void connectionsAreCountedOneByOne() {
    GatedLayers layers = GatedLayers.of(chain(), Gating.CONNECTIONS, List.of());
    assertEquals(20, layers.weights());
    assertEquals(9, layers.kept(new long[] {5, 4}));
  }

  @Test
  void closesTheSmallestGatesToExactlyTheBudget() {
    GatedLayers layers = GatedLayers.of(chain(), Gating.CONNECTIONS, List.of());
    NDArray first =
        manager.create(new float[] {3, 1, 2, 5, 1, 7, 0, 8, 9, 4, 6, 2}, new Shape(4, 3));
    NDArray second = manager.create(new float[] {1, 2, 3, 4, 5, 6, 7, 8}, new Shape(2, 4));
    layers.closeTo(14, List.of(first, second));
    // of 19 open gates the three 1 go, and the first two of the three 2
    assertArrayEquals(new float[] {3, 0, 0, 5, 0, 7, 0, 8, 9, 4, 6, 0}, first.toFloatArray());
    assertArrayEquals(new float[] {0, 2, 3, 4, 5, 6, 7, 8}, second.toFloatArray());
  }

  @Test
  void closingNeuronsCountsBothSidesAndKeepsTheLastGate() {
    GatedLayers layers = GatedLayers.of(chain(), Gating.NEURONS, List.of());
    NDArray inputs = manager.create(new float[] {0.1f, 0.2f, 0.3f}, new Shape(1, 3));
    NDArray hidden = manager.create(new float[] {1, 4, 2, 3}, new Shape(1, 4));
    // 3·4 + 4·2 = 20, 2·4 + 8 = 16, 1·4 + 8 = 12; the last input stays; 1·3 + 6 = 9
    layers.closeTo(10, List.of(inputs, hidden));
    assertArrayEquals(new float[] {0, 0, 0.3f}, inputs.toFloatArray());
    assertArrayEquals(new float[] {0, 4, 2, 3}, hidden.toFloatArray());
  }

  @Test
  void effectiveShareIsOneForEqualGatesAndFallsWithTheOpenOnes() {
    NDArray equal = manager.create(new float[] {0.3f, 0.3f, 0.3f, 0.3f});
    NDArray half = manager.create(new float[] {2, 0, 2, 0});
    assertEquals(1f, new RawGates(equal).effectiveShare().getFloat(), 1e-6f);
    assertEquals(0.5f, new RawGates(half).effectiveShare().getFloat(), 1e-6f);
    // (1 + 3)² / (2 · (1 + 9)) = 0.8
    NDArray unequal = manager.create(new float[] {1, 3});
    assertEquals(0.8f, new RawGates(unequal).effectiveShare().getFloat(), 1e-6f);
  }

  @Test
  void effectiveShareOfAChain() {
    List<NDArray> gates =
        List.of(manager.create(new float[] {1, 1, 0}), manager.create(new float[] {2, 0, 0, 2}));
    // neurons: (2/3 · 1/2 · 12 + 1/2 · 8) / 20
    GatedLayers neurons = GatedLayers.of(chain(), Gating.NEURONS, List.of());
    Supplier<NDArray> share =
        () ->
            neurons.effectiveShare(
                gates.stream().map(z -> new RawGates(z).effectiveShare()).toList());
    assertEquals(0.4f, share.get().getFloat(), 1e-6f);
    Gradients.check(gates.get(0), share, 1e-3, 1e-3, 3);
  }

  @Test
  void namesTheLayerThatIsShut() {
    GatedLayers layers = GatedLayers.of(chain(), Gating.CONNECTIONS, List.of());
    assertTrue(layers.shut(new long[] {3, 0}).orElseThrow().contains("fc2"));
    assertTrue(layers.shut(new long[] {3, 1}).isEmpty());
  }

  @Test
  void convolutionsAreGatedByNameOnly() {
    Network network = convolutional();
    GatedLayers byDefault = GatedLayers.of(network, Gating.NEURONS, List.of());
    assertEquals("fc1", byDefault.get(0).name());
    assertEquals(1, byDefault.count());
    GatedLayers channels = GatedLayers.of(network, Gating.NEURONS, List.of("conv1", "conv2"));
    assertEquals(new Shape(1, 2, 1, 1), channels.gateShape(1));
    assertEquals(new Shape(27, 2), channels.matrixShape(1));
    assertEquals(27, channels.groupSize(1));
    // one input, one of two channels, three filters: 9·1 + 9·3
    assertEquals(9 + 27, channels.kept(new long[] {1, 1}));
    NDArray weight = network.layer("conv2").weight();
    NDArray matrix = channels.matrix(1, weight);
    assertEquals(weight.getFloat(2, 1, 0, 0), matrix.getFloat(18, 1));
    GatedLayers weights = GatedLayers.of(network, Gating.CONNECTIONS, List.of("conv2"));
    assertEquals(new Shape(3, 18), weights.matrixShape(0));
  }

  @Test
  void refusesWhatCannotBeGated() {
    Network network = convolutional();
    RecipeException chain =
        assertThrows(
            RecipeException.class,
            () -> GatedLayers.of(network, Gating.NEURONS, List.of("conv2", "fc1")));
    assertTrue(
        chain.getMessage().contains("conv2 (3, 2, 3, 3) and fc1 (2, 48)"), chain::getMessage);
    assertThrows(
        RecipeException.class, () -> GatedLayers.of(network, Gating.CONNECTIONS, List.of("fc9")));
    GatedLayers layers = GatedLayers.of(chain(), Gating.NEURONS, List.of());
    assertThrows(RecipeException.class, () -> layers.requireBudget(2));
    assertEquals(3, layers.requireBudget(3));
    assertThrows(RecipeException.class, () -> layers.requireGated("fc3"));
  }
}
