package io.coppice.framework.sparsity;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.sparsity.Allocation.Budget;
import io.coppice.framework.sparsity.Allocation.ErdosRenyi;
import io.coppice.framework.sparsity.Allocation.ErdosRenyiKernel;
import io.coppice.framework.sparsity.Allocation.Global;
import io.coppice.framework.sparsity.Allocation.PerLayer;
import io.coppice.framework.sparsity.Allocation.Uniform;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class AllocationTest {
  private static final List<LayerShape> LENET =
      List.of(
          new LayerShape("fc1", new Shape(300, 784)),
          new LayerShape("fc2", new Shape(100, 300)),
          new LayerShape("fc3", new Shape(10, 100)));

  private static final List<LayerShape> CONVOLUTIONS =
      List.of(
          new LayerShape("conv1", new Shape(20, 1, 5, 5)),
          new LayerShape("conv2", new Shape(50, 20, 5, 5)),
          new LayerShape("fc1", new Shape(10, 100)));

  private static Map<String, Long> counts(List<Budget> budgets) {
    Map<String, Long> counts = new TreeMap<>();
    budgets.forEach(budget -> counts.put(budget.layers().get(0).name(), budget.kept()));
    return counts;
  }

  @Test
  void uniformIsTheSameFractionEverywhere() {
    assertEquals(
        Map.of("fc1", 37632L, "fc2", 4800L, "fc3", 160L),
        counts(new Uniform().budgets(LENET, 0.16, 0.16)));
  }

  /** Σ(in + out) = 1594; fc3 would be 1.84 of itself, so it is dense; then ε = 25620 / 1484. */
  @Test
  void erdosRenyiByHand() {
    Map<String, Long> expected = Map.of("fc1", 18714L, "fc2", 6906L, "fc3", 1000L);
    assertEquals(expected, counts(new ErdosRenyi().budgets(LENET, 0.1, 0.1)));
    assertEquals(expected, counts(new ErdosRenyiKernel().budgets(LENET, 0.1, 0.1)));
  }

  /** The kernel's 25 weights weigh in: 525 : 1750 : 110 shares of 1325 weights. */
  @Test
  void erdosRenyiOfConvolutionsByHand() {
    assertEquals(
        Map.of("conv1", 292L, "conv2", 972L, "fc1", 61L),
        counts(new ErdosRenyi().budgets(CONVOLUTIONS, 0.05, 0.05)));
  }

  /** (1+20+5+5) : (20+50+5+5) : (100+10) = 31 : 80 : 110 shares of 1325 weights. */
  @Test
  void erdosRenyiKernelByHand() {
    assertEquals(
        Map.of("conv1", 186L, "conv2", 480L, "fc1", 659L),
        counts(new ErdosRenyiKernel().budgets(CONVOLUTIONS, 0.05, 0.05)));
  }

  @Test
  void globalIsOneBudget() {
    assertEquals(List.of(new Budget(LENET, 42592)), new Global().budgets(LENET, 0.16, 0.16));
  }

  @Test
  void namedLayersStandApart() {
    PerLayer allocation = new PerLayer(Map.of("fc3", 1.0, "fc2", 0.5), new Global());
    assertEquals(
        Map.of("fc1", 23520L, "fc2", 15000L, "fc3", 1000L),
        counts(allocation.budgets(LENET, 0.1, 0.1)));
    // two thirds of the way from dense to 0.1, fc2 is two thirds of the way to 0.5
    assertEquals(
        Map.of("fc1", 94080L, "fc2", 20000L, "fc3", 1000L),
        counts(allocation.budgets(LENET, 0.1, 0.4)));
    assertEquals("global (fc2 50 %, fc3 100 %)", allocation.name());
  }

  @Test
  void unknownLayersAndEmptyDensitiesAreRefused() {
    PerLayer unknown = new PerLayer(Map.of("fc9", 1.0), new Uniform());
    RecipeException refusal =
        assertThrows(RecipeException.class, () -> unknown.budgets(LENET, 0.1, 0.1));
    assertEquals("layer is fc9; allowed: fc1, fc2, fc3", refusal.getMessage());
    assertThrows(RecipeException.class, () -> new PerLayer(Map.of("fc1", 0.0), new Uniform()));
    assertThrows(RecipeException.class, () -> new PerLayer(Map.of("fc1", 1.5), new Uniform()));
  }

  @Provide
  Arbitrary<Allocation> allocations() {
    return Arbitraries.of(new Uniform(), new ErdosRenyi(), new ErdosRenyiKernel());
  }

  @Property
  void theCountsSumExactlyAndFallWithTheDensity(
      @ForAll("allocations") Allocation allocation,
      @ForAll @Size(min = 1, max = 6) List<@IntRange(min = 1, max = 60) Integer> widths,
      @ForAll boolean convolution,
      @ForAll @IntRange(min = 1, max = 1000) int thousandths) {
    double density = thousandths / 1000.0;
    List<LayerShape> layers = new ArrayList<>();
    int before = 17;
    for (int width : widths) {
      Shape shape = new Shape(width, before);
      layers.add(new LayerShape("l" + layers.size(), convolution ? shape.add(3).add(3) : shape));
      before = width;
    }
    List<Budget> budgets = allocation.budgets(layers, density, density);
    long all = layers.stream().mapToLong(LayerShape::size).sum();
    assertEquals(Math.round(density * all), budgets.stream().mapToLong(Budget::kept).sum());
    List<Budget> sparser = allocation.budgets(layers, density, density * 0.7);
    for (int i = 0; i < layers.size(); i++) {
      assertEquals(List.of(layers.get(i)), budgets.get(i).layers());
      assertTrue(budgets.get(i).kept() >= 0 && budgets.get(i).kept() <= layers.get(i).size());
      assertTrue(sparser.get(i).kept() <= budgets.get(i).kept() + 1);
    }
  }

  @Test
  void amongSomeLayersTheOthersStayWhole() {
    Allocation.Among fc = new Allocation.Among(List.of("fc3", "fc2"), new Global());
    List<Budget> budgets = fc.budgets(LENET, 0.1, 0.1);
    assertEquals(List.of(new Budget(LENET.subList(1, 3), 3100)), budgets);
    assertEquals("global of fc3, fc2", fc.name());
    RecipeException unknown =
        assertThrows(
            RecipeException.class,
            () -> new Allocation.Among(List.of("fc4"), new Uniform()).budgets(LENET, 0.1, 0.1));
    assertEquals("layer is fc4; allowed: fc1, fc2, fc3", unknown.getMessage());
  }
}
