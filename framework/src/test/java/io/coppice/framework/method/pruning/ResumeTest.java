package io.coppice.framework.method.pruning;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.coppice.framework.method.Method;
import io.coppice.framework.method.growth.RigL;
import io.coppice.framework.method.growth.SetMethod;
import io.coppice.framework.method.growth.StaticSparse;
import io.coppice.framework.method.sharing.Ddp;
import io.coppice.framework.network.Layer;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.sparsity.Allocation.Global;
import io.coppice.framework.sparsity.Allocation.Uniform;
import io.coppice.framework.sparsity.Granularity.Neuron;
import io.coppice.framework.sparsity.Granularity.Unstructured;
import io.coppice.framework.sparsity.Schedule;
import io.coppice.framework.sparsity.Schedule.Polynomial;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ResumeTest {

  static Stream<Method> methods() {
    Schedule cubic = Polynomial.cubic(Time.steps(0), Time.steps(30), Time.steps(6));
    return Stream.of(
        new Pruner(new Magnitude(), new Unstructured(), new Global(), cubic, 0.2),
        new Pruner(new Random(), new Neuron(), new Uniform(), cubic, 0.5),
        StaticSparse.of(0.3),
        new SetMethod(0.3, new Uniform(), 0.3, Time.steps(4), Time.percent(100)),
        new RigL(0.3, new Uniform(), 0.5, Time.steps(5), Time.percent(75)),
        Ddp.of(0.6).probability(0.5).decimals(2).phase(Time.steps(10)));
  }

  static Stream<Object[]> methodsAndInterruptions() {
    return methods()
        .flatMap(method -> IntStream.of(1, 17, 35).mapToObj(at -> new Object[] {method, at}));
  }

  @ParameterizedTest
  @MethodSource("methodsAndInterruptions")
  void aResumedRunEndsWithTheSameBits(Method method, int interruption) {
    try (SteppedRun through = new SteppedRun(method, 1);
        SteppedRun begun = new SteppedRun(method, 1);
        SteppedRun resumed = new SteppedRun(method, 2)) {
      through.train(0, 40);
      begun.train(0, interruption);
      begun.copyTo(resumed);
      assertEquals(begun.sparsifier().settled(), resumed.sparsifier().settled());
      resumed.train(interruption, 40);
      for (Layer layer : through.network().layers()) {
        Layer twin = resumed.network().layer(layer.name());
        assertArrayEquals(layer.weight().toFloatArray(), twin.weight().toFloatArray());
        assertEquals(
            TinyTraining.mask(through.sparsifier(), layer),
            TinyTraining.mask(resumed.sparsifier(), twin));
      }
      assertEquals(true, resumed.sparsifier().settled());
    }
  }
}
