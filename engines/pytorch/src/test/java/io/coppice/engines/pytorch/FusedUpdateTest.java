package io.coppice.engines.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.coppice.framework.optimize.Adam;
import io.coppice.framework.optimize.EngineSupport.JointUpdate;
import io.coppice.framework.optimize.Optimizer;
import io.coppice.framework.optimize.Sgd;
import io.coppice.framework.optimize.Slot;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FusedUpdateTest {

  static Stream<Optimizer> rules() {
    return Stream.of(
        new Sgd(0.1, 0, false, 0),
        new Sgd(0.1, 0.9, false, 0.01),
        new Sgd(0.1, 0.9, true, 0.01),
        Adam.of(0.01),
        new Adam(0.01, 0.9, 0.99, 1e-8, 0.05, false),
        new Adam(0.01, 0.9, 0.99, 1e-8, 0.05, true));
  }

  @ParameterizedTest
  @MethodSource("rules")
  void movesAsThePortableRuleDoes(Optimizer rule) {
    new PyTorchSupport().start();
    try (NDManager manager = NDManager.newBaseManager()) {
      List<NDArray> fused = start(manager);
      List<NDArray> portable = start(manager);
      List<NDArray> fusedGradients = zeros(manager);
      List<NDArray> portableGradients = zeros(manager);
      List<List<NDArray>> fusedMemories = memories(rule, manager);
      List<List<NDArray>> portableMemories = memories(rule, manager);
      List<Slot> slots =
          IntStream.range(0, fused.size())
              .mapToObj(i -> new Slot(fused.get(i), fusedGradients.get(i), fusedMemories.get(i)))
              .toList();
      try (JointUpdate update = new FusedUpdate(rule, slots)) {
        for (int count = 1; count <= 5; count++) {
          for (int i = 0; i < fused.size(); i++) {
            NDArray gradient = manager.randomNormal(fused.get(i).getShape());
            gradient.copyTo(fusedGradients.get(i));
            gradient.copyTo(portableGradients.get(i));
            rule.update(
                portable.get(i), portableGradients.get(i), portableMemories.get(i), 0.05, count);
          }
          update.step(0.05, count);
        }
      }
      for (int i = 0; i < fused.size(); i++) {
        assertClose(portable.get(i), fused.get(i));
        assertClose(fusedGradients.get(i).mul(0), fusedGradients.get(i));
        for (int j = 0; j < rule.memories(); j++) {
          assertClose(portableMemories.get(i).get(j), fusedMemories.get(i).get(j));
        }
      }
    }
  }

  private static void assertClose(NDArray expected, NDArray actual) {
    assertArrayEquals(expected.toFloatArray(), actual.toFloatArray(), 2e-6f);
  }

  private static List<NDArray> start(NDManager manager) {
    return List.of(
        manager.arange(12f).reshape(3, 4).div(10),
        manager.arange(3f).sub(1),
        manager.ones(new Shape(2, 2)));
  }

  private static List<NDArray> zeros(NDManager manager) {
    return start(manager).stream().map(NDArray::zerosLike).toList();
  }

  private static List<List<NDArray>> memories(Optimizer rule, NDManager manager) {
    return start(manager).stream()
        .map(p -> Stream.generate(p::zerosLike).limit(rule.memories()).toList())
        .toList();
  }
}
