package io.coppice.engines.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import io.coppice.framework.blocks.SparseBlock;
import io.coppice.framework.blocks.SparseConv2d;
import io.coppice.framework.blocks.SparseLinear;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.MissingOpsException;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.recipe.RecipeException;
import java.lang.reflect.Proxy;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What sparse layers say of types and devices that they do not serve. */
class SparseLayerRefusalsTest {
  private static final Topology WEIGHTS =
      Topology.of(new Layout.Csr(), 2, 4, new float[] {1, 0, 0, 2, 0, 3, 0, 0});

  private NDManager manager;

  private record Layer(SparseBlock block, Shape input) {
    @Override
    public String toString() {
      return block.getClass().getSimpleName();
    }
  }

  static Stream<Layer> layers() {
    return Stream.of(
        new Layer(SparseLinear.builder(WEIGHTS).build(), new Shape(3, 4)),
        new Layer(SparseConv2d.builder(WEIGHTS, 2, 2).build(), new Shape(3, 1, 5, 5)));
  }

  @BeforeEach
  void open() {
    manager = NDManager.newBaseManager();
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private static void assertRefused(String sentence, Executable call) {
    assertEquals(sentence, assertThrows(IllegalArgumentException.class, call).getMessage());
  }

  private NDArray forward(Layer layer, NDArray x) {
    return layer
        .block()
        .forward(new ParameterStore(manager, false), new NDList(x), false)
        .singletonOrThrow();
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"FLOAT64", "FLOAT16", "INT32", "BOOLEAN"})
  void refuseOtherTypes(DataType type) {
    for (Layer layer : layers().toList()) {
      String allowed = " is " + type + "; allowed: float32";
      assertRefused(
          layer + "'s type" + allowed,
          () -> layer.block().initialize(manager, type, layer.input()));
      layer.block().initialize(manager, DataType.FLOAT32, layer.input());
      NDArray x = manager.ones(layer.input()).toType(type, false);
      assertRefused(layer + "'s input" + allowed, () -> forward(layer, x));
      assertEquals(3, forward(layer, manager.ones(layer.input())).getShape().get(0));
    }
  }

  /** A tensor that says it is on a GPU stands in for one, which most machines do not have. */
  @ParameterizedTest
  @MethodSource("layers")
  void nameADeviceThatNothingServes(Layer layer) {
    layer.block().initialize(manager, DataType.FLOAT32, layer.input());
    Device nowhere = Device.gpu(977);
    NDArray x =
        (NDArray)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {NDArray.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "getDevice" -> nowhere;
                      case "getShape" -> layer.input();
                      case "getDataType" -> DataType.FLOAT32;
                      default -> throw new UnsupportedOperationException(method.getName());
                    });
    String said = assertThrows(MissingOpsException.class, () -> forward(layer, x)).getMessage();
    assertTrue(said.startsWith("no sparse operations serve gpu(977): "), said);
  }

  @Test
  void needATopology() {
    String sentence = "topology is null; allowed: the kept weights, such as Topology.of gives";
    for (Executable call :
        new Executable[] {
          () -> SparseLinear.builder(null), () -> SparseConv2d.builder(null, 3, 3)
        }) {
      assertEquals(sentence, assertThrows(RecipeException.class, call).getMessage());
    }
  }
}
