package io.coppice.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.network.Model;
import io.coppice.framework.network.models.Mlp;
import io.coppice.framework.ops.JavaOps;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.optimize.EngineSupport;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainingStepTest {

  static Stream<Model> models() {
    return Stream.of(
        Mlp.of(40), new SparseMlp(List.of(40), new Layout.Blocks(4, 1), 0.5, new JavaOps()));
  }

  @ParameterizedTest
  @MethodSource("models")
  void stepsLearn(Model model) {
    EngineSupport.find().start();
    try (TrainingStep step = new TrainingStep(model, 30, 4, 8)) {
      step.run();
      double first = step.loss();
      assertEquals(Math.log(4), first, 2);
      for (int i = 0; i < 300; i++) {
        step.run();
      }
      assertTrue(step.loss() < 0.7 * first, () -> first + " became " + step.loss());
    }
  }
}
