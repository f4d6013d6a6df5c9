package io.coppice.framework.method.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import io.coppice.framework.data.TensorExamples;
import io.coppice.framework.method.Method;
import io.coppice.framework.method.RunContext;
import io.coppice.framework.method.Sparsifier;
import io.coppice.framework.network.Network;
import io.coppice.framework.recipe.Timeline;
import io.coppice.framework.training.Plan;
import io.coppice.framework.training.Training;
import io.coppice.framework.training.TrainingInterruptedException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SwitcherInterruptionTest {
  private static final int LAST = 4;

  private final AtomicInteger steps = new AtomicInteger();

  /** Interrupts its thread in the fourth step of the switchers. */
  private final class Interrupting implements Method {
    private final Switcher switcher =
        Switcher.repaired(Gating.NEURONS, 200).phase(new Switcher.Phase(0, 30, 100));

    @Override
    public String name() {
      return "interrupting";
    }

    @Override
    public Sparsifier bind(Network network, RunContext context) {
      return switcher.bind(
          network,
          new RunContext() {
            @Override
            public long seed() {
              return context.seed();
            }

            @Override
            public Timeline timeline() {
              return context.timeline();
            }

            @Override
            public NDManager manager() {
              return context.manager();
            }

            @Override
            public TensorExamples data() {
              return context.data();
            }

            @Override
            public NDArray loss(NDArray logits, NDArray targets) {
              if (steps.incrementAndGet() == LAST) {
                Thread.currentThread().interrupt();
              }
              return context.loss(logits, targets);
            }
          });
    }
  }

  @Test
  void aPhaseStopsWithinAStep() {
    Plan plan = Tasks.plan(new Interrupting(), 10);
    try (Training training = new Training(plan, plan.data().load())) {
      assertThrows(TrainingInterruptedException.class, training::nextEpoch);
      assertTrue(Thread.interrupted());
      assertEquals(LAST, steps.get());
    }
  }
}
