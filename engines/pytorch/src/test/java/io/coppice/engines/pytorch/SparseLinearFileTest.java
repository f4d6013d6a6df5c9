package io.coppice.engines.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.coppice.framework.blocks.SparseLinear;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Topology;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SparseLinearFileTest {
  private NDManager manager;

  @BeforeEach
  void start() {
    new PyTorchSupport().start();
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  static Stream<Topology> topologies() {
    boolean[] mask = new boolean[5 * 8];
    mask[1] = mask[9] = mask[13] = mask[38] = true;
    return Stream.of(new Layout.Csr(), new Layout.Blocks(2, 4), new Layout.NOfM(1, 4))
        .map(layout -> Topology.of(layout, 5, 8, mask));
  }

  @ParameterizedTest
  @MethodSource("topologies")
  void bringsBackWeightsAndTopology(Topology topology) throws Exception {
    SparseLinear saved = initialised(topology);
    NDArray x = manager.arange(16f).reshape(2, 8);
    float[] expected = forward(saved, x);

    SparseLinear loaded = SparseLinear.builder(empty(topology)).relu(true).build();
    loaded.loadParameters(manager, stream(bytes(saved)));
    assertEquals(topology, loaded.topology());
    assertArrayEquals(expected, forward(loaded, x));

    SparseLinear used = initialised(empty(topology));
    forward(used, x);
    used.loadParameters(manager, stream(bytes(saved)));
    assertArrayEquals(expected, forward(used, x));
  }

  @Test
  void refusesWhatIsNoWholeLayer() throws Exception {
    byte[] bytes = bytes(initialised(other()));
    SparseLinear layer = initialised(other());
    byte[] cut = Arrays.copyOf(bytes, bytes.length / 2);
    assertThrows(IOException.class, () -> layer.loadParameters(manager, stream(cut)));
    byte[] later = bytes.clone();
    later[0]++;
    assertThrows(MalformedModelException.class, () -> layer.loadParameters(manager, stream(later)));
  }

  @Test
  void refusesALayerThatComputesOtherwise() throws Exception {
    byte[] bytes = bytes(initialised(other()));
    MalformedModelException refused =
        assertThrows(
            MalformedModelException.class,
            () -> SparseLinear.builder(other()).build().loadParameters(manager, stream(bytes)));
    assertEquals("the saved layer has a ReLU, unlike this one", refused.getMessage());
  }

  @Test
  void refusesALayerOfAnotherForm() throws Exception {
    byte[] bytes = bytes(initialised(other()));
    Topology blocks = Topology.of(new Layout.Blocks(2, 4), 5, 8, new boolean[40]);
    MalformedModelException refused =
        assertThrows(
            MalformedModelException.class,
            () -> initialised(blocks).loadParameters(manager, stream(bytes)));
    assertEquals("the saved layer is CSR [5, 8]; allowed: blocks 2×4 [5, 8]", refused.getMessage());
  }

  @Test
  void refusesADamagedTopology() throws Exception {
    SparseLinear saved = initialised(topologies().findFirst().orElseThrow());
    try (NDArray wrong = manager.create(new int[] {1, 1, 5, 99})) {
      wrong.copyTo(saved.getParameters().get("indices").getArray());
    }
    MalformedModelException refused =
        assertThrows(
            MalformedModelException.class,
            () -> initialised(other()).loadParameters(manager, stream(bytes(saved))));
    assertEquals(
        "the saved topology is damaged: indices[3] of row 4 is 99; allowed: 0 to 7, ascending and"
            + " within the columns",
        refused.getMessage());
  }

  @Test
  void refusesValuesOfAnotherTopology() throws Exception {
    SparseLinear saved = initialised(other());
    saved.values().close();
    saved.values().setInitializer((manager, shape, type) -> manager.create(new Shape(3)));
    saved.values().initialize(manager, DataType.FLOAT32);
    MalformedModelException refused =
        assertThrows(
            MalformedModelException.class,
            () -> initialised(other()).loadParameters(manager, stream(bytes(saved))));
    assertEquals("saved values are (3); allowed: (0)", refused.getMessage());
  }

  private static Topology other() {
    return Topology.of(new Layout.Csr(), 5, 8, new boolean[40]);
  }

  private static Topology empty(Topology like) {
    return Topology.of(like.layout(), 5, 8, new boolean[40]);
  }

  private SparseLinear initialised(Topology topology) {
    SparseLinear layer = SparseLinear.builder(topology).relu(true).build();
    layer.initialize(manager, DataType.FLOAT32, new Shape(1, 8));
    return layer;
  }

  private float[] forward(SparseLinear layer, NDArray x) {
    ParameterStore store = new ParameterStore(manager, false);
    return layer.forward(store, new NDList(x), false).singletonOrThrow().toFloatArray();
  }

  private static byte[] bytes(SparseLinear layer) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    layer.saveParameters(new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static DataInputStream stream(byte[] bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes));
  }
}
