package io.coppice.framework.training;

import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import io.coppice.framework.method.Lesson;
import io.coppice.framework.method.Method;
import io.coppice.framework.method.Sequel;
import io.coppice.framework.method.gates.Gating;
import io.coppice.framework.method.gates.L0;
import io.coppice.framework.method.gates.Switcher;
import io.coppice.framework.method.gates.Tasks;
import io.coppice.framework.method.pruning.Magnitude;
import io.coppice.framework.method.pruning.Pruner;
import io.coppice.framework.optimize.Adam;
import io.coppice.framework.recipe.Time;
import io.coppice.framework.sparsity.Allocation;
import io.coppice.framework.sparsity.Granularity;
import io.coppice.framework.sparsity.Schedule;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Methods with phases, gates and memories of their own resume to the bits of an unbroken run. */
class GatedResumeTest {

  static Stream<Method> methods() {
    Switcher.Phase phase = new Switcher.Phase(1, 8, 100);
    return Stream.of(
        Switcher.repaired(Gating.CONNECTIONS, 200).phase(phase),
        Switcher.repaired(Gating.NEURONS, 200).phase(phase).optimizer(Adam.of(1e-3)),
        Switcher.repaired(Gating.CONNECTIONS, 200).phase(phase).throughSwitcher(true),
        L0.weights(0.3).optimizer(Adam.of(0.02)),
        L0.neurons(0.3).optimizer(Adam.of(0.02)).budget(200).freezeLast(Time.epochs(2)),
        new Sequel(
            pruner(),
            Time.epochs(2),
            Optional.of(new Lesson(4, 0.5)),
            Switcher.repaired(Gating.NEURONS, 200).phase(new Switcher.Phase(1, 8, 100))),
        new Sequel(L0.weights(0.3), Time.epochs(4), Optional.empty(), pruner()));
  }

  private static Method pruner() {
    return new Pruner(
        new Magnitude(),
        new Granularity.Unstructured(),
        new Allocation.Global(),
        Schedule.Polynomial.cubic(Time.steps(0), Time.steps(30), Time.steps(6)),
        0.5);
  }

  @ParameterizedTest
  @MethodSource("methods")
  void resumesBitForBit(Method method) {
    Plan plan = Tasks.plan(method, 6);
    for (int stop : List.of(1, 3, 5)) {
      List<float[]> saved;
      List<EpochRow> rows;
      List<float[]> expected;
      try (Training unbroken = new Training(plan, plan.data().load())) {
        while (unbroken.rows().size() < stop) {
          unbroken.nextEpoch();
        }
        saved = values(unbroken);
        rows = List.copyOf(unbroken.rows());
        expected = finished(unbroken);
      }
      try (Training resumed = new Training(plan, plan.data().load())) {
        List<NDArray> state = List.copyOf(resumed.state().values());
        for (int i = 0; i < saved.size(); i++) {
          state.get(i).set(saved.get(i));
        }
        resumed.resumeAfter(rows);
        List<float[]> actual = finished(resumed);
        List<String> names = List.copyOf(resumed.state().keySet());
        for (int i = 0; i < expected.size(); i++) {
          assertTrue(
              Arrays.equals(expected.get(i), actual.get(i)), names.get(i) + " after " + stop);
        }
      }
    }
  }

  private static List<float[]> finished(Training training) {
    while (!training.done()) {
      training.nextEpoch();
    }
    return values(training);
  }

  private static List<float[]> values(Training training) {
    return training.state().values().stream().map(NDArray::toFloatArray).toList();
  }
}
