package io.coppice.cli.bench;

import static io.coppice.framework.ops.Precision.BFLOAT16;
import static io.coppice.framework.ops.Precision.FLOAT32;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Precision;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class OpsPlanTest {

  private static boolean has(OpsPlan plan, String described) {
    return plan.cases().stream().anyMatch(what -> what.described().equals(described));
  }

  @Test
  void fullHoldsWhatTheTableOfTargetsNames() {
    OpsPlan plan = OpsPlan.full(List.of(1, 2));
    for (String sparsity : List.of("80 %", "90 %", "95 %", "98 %")) {
      for (String what :
          List.of(
              "1024x1024, batch 64",
              "4096x4096, batch 64",
              "304x784, batch 64",
              "1024x1024, batch 256",
              "784-1024-1024-10, batch 64",
              "784-300-100-10, batch 64")) {
        assertTrue(has(plan, what + ", " + sparsity + ", 1 thread"), what + sparsity);
        assertTrue(has(plan, what + ", " + sparsity + ", 2 threads"), what + sparsity);
      }
    }
    assertTrue(has(plan, "4096x4096, batch 1, 90 %, 1 thread"));
  }

  @Test
  void noCaseIsTimedTwice() {
    for (OpsPlan plan :
        List.of(OpsPlan.full(List.of(1, 2)), OpsPlan.quick(List.of(1, 2)), OpsPlan.gpu())) {
      assertEquals(new HashSet<>(plan.cases()).size(), plan.cases().size());
    }
  }

  @Test
  void groupsAreTimedAtTheirOwnSparsity() {
    assertEquals(
        List.of("2:4 0.5", "1:4 0.75", "1:8 0.875"),
        OpsPlan.full(List.of(1)).cases().stream()
            .filter(what -> what.out() == 1024)
            .filter(what -> what.layouts().get(0) instanceof Layout.NOfM)
            .map(what -> what.layouts().get(0) + " " + what.sparsity())
            .collect(Collectors.toList()));
  }

  @Test
  void quickMeasuresTheHighSparsitiesAndThreadsOnce() {
    OpsPlan plan = OpsPlan.quick(List.of(1, 2));
    assertTrue(plan.cases().size() < 35);
    for (String sparsity : List.of("80 %", "90 %", "95 %", "98 %")) {
      assertTrue(has(plan, "4096x4096, batch 64, " + sparsity + ", 1 thread"));
      assertTrue(has(plan, "moves of 1024x1024, batch 64, " + sparsity + ", 1 thread"));
    }
    assertTrue(has(plan, "4096x4096, batch 64, 90 %, 2 threads"));
    assertFalse(has(plan, "1024x1024, batch 64, 90 %, 2 threads"));
    assertEquals(
        DoubleStream.of(0.8, 0.9, 0.95, 0.98).boxed().collect(Collectors.toSet()),
        plan.cases().stream().map(OpsCase::sparsity).collect(Collectors.toSet()));
  }

  @Test
  void aGpuTimesWhatTheTargetsForOneName() {
    OpsPlan plan = OpsPlan.gpu();
    for (double sparsity : List.of(0.7, 0.8, 0.9, 0.95, 0.98)) {
      assertTrue(hasLarge(plan, FLOAT32, sparsity, new Layout.Csr()), "CSR at " + sparsity);
      assertTrue(hasLarge(plan, BFLOAT16, sparsity, new Layout.Blocks(32, 32)), "at " + sparsity);
    }
    assertTrue(hasLarge(plan, BFLOAT16, 0.5, new Layout.NOfM(2, 4)));
    assertTrue(has(plan, "4096x4096 in bfloat16, batch 4096, 60 %, 1 thread"));
  }

  private static boolean hasLarge(
      OpsPlan plan, Precision precision, double sparsity, Layout layout) {
    return plan.cases().stream()
        .filter(what -> what.out() == 4096 && what.in() == 4096 && what.batch() == 4096)
        .filter(what -> what.precision() == precision && what.sparsity() == sparsity)
        .anyMatch(what -> what.layouts().contains(layout));
  }

  @Test
  void aHostHasNothingToRound() {
    for (OpsPlan plan : List.of(OpsPlan.full(List.of(1)), OpsPlan.quick(List.of(1)))) {
      assertTrue(plan.cases().stream().allMatch(what -> what.precision() == FLOAT32));
    }
  }

  @Test
  void aNetworkIsNamedByItsLargestLayer() {
    StepCase lenet =
        new StepCase(List.of(784, 300, 100, 10), 64, 0.9, 1, List.of(new Layout.Csr()));
    assertEquals(List.of(300, 784), List.of(lenet.out(), lenet.in()));
    StepCase wide =
        new StepCase(List.of(784, 1024, 1024, 10), 64, 0.9, 1, List.of(new Layout.Csr()));
    assertEquals(List.of(1024, 1024), List.of(wide.out(), wide.in()));
    assertEquals("784-1024-1024-10", wide.subject());
  }

  @Test
  void aSingleExampleIsNotTrainedOn() {
    assertFalse(new LinearCase(8, 8, 1, 0.9, 1, List.of(new Layout.Csr())).trains());
    assertTrue(new LinearCase(8, 8, 2, 0.9, 1, List.of(new Layout.Csr())).trains());
  }
}
