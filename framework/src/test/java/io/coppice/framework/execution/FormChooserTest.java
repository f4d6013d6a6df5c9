package io.coppice.framework.execution;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.JavaOps;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.recipe.RecipeException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FormChooserTest {

  /** Three of [4, 4]; at most one in any two columns of a row. */
  private static final float[] SPARSE = {1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0};

  /** Runs every pass once and gives the times that a test wants. */
  private static final class Scripted implements PassTimer {
    private final double[] microseconds;
    private int calls;

    Scripted(double... microseconds) {
      this.microseconds = microseconds;
    }

    @Override
    public double[] microseconds(List<Pass> passes) {
      calls++;
      passes.forEach(Pass::run);
      return Arrays.copyOf(microseconds, passes.size());
    }
  }

  /** A dense pass that knows whether it ran and was closed. */
  private static final class Recorded implements Pass {
    private boolean ran;
    private boolean closed;

    @Override
    public void run() {
      assertFalse(closed);
      ran = true;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private static final class Remembering implements Verdicts {
    private final Map<String, Map<String, Double>> content = new HashMap<>();

    @Override
    public Optional<Map<String, Double>> find(String key) {
      return Optional.ofNullable(content.get(key));
    }

    @Override
    public void store(String key, Map<String, Double> microseconds) {
      content.put(key, microseconds);
    }
  }

  private final List<Recorded> densePasses = new ArrayList<>();
  private final Remembering verdicts = new Remembering();

  private FormChooser chooser(PassTimer timer, List<Form> forms) {
    return new FormChooser(new JavaOps(), this::densePass, 1, forms, timer, verdicts);
  }

  private Pass densePass(LayerWeights weights, int batch) {
    densePasses.add(new Recorded());
    return densePasses.get(densePasses.size() - 1);
  }

  private static LayerWeights linear(float[] dense) {
    return LayerWeights.linear("fc1", 4, dense.length / 4, dense);
  }

  private static String chosen(LayerPlan plan) {
    return plan.chosen().form().toString();
  }

  @Test
  void takesTheFastest() {
    LayerPlan plan =
        chooser(new Scripted(50, 20, 10, 30, 40), Form.all()).choose(linear(SPARSE), 3);
    assertEquals("blocks 4×1", chosen(plan));
    assertEquals(5, plan.speedUp());
    assertEquals(13 / 16.0, plan.sparsity());
    assertEquals(3, plan.batch());
    assertFalse(plan.remembered());
    assertEquals(
        List.of(
            new LayerPlan.Trial(new Form.Dense(), 50, 64),
            new LayerPlan.Trial(new Form.Sparse(new Layout.Csr()), 20, 3 * 6 + 5 * 4),
            new LayerPlan.Trial(new Form.Sparse(new Layout.Blocks(4, 1)), 10, 3 * 18 + 2 * 4),
            new LayerPlan.Trial(new Form.Sparse(new Layout.Blocks(16, 1)), 30, 3 * 66 + 2 * 4),
            new LayerPlan.Trial(new Form.Sparse(new Layout.NOfM(2, 4)), 40, 3 * 6 + 5 * 4)),
        plan.trials());
  }

  @Test
  void staysDenseWhereSparseWinsNothing() {
    assertEquals(
        "dense",
        chosen(chooser(new Scripted(7, 9, 8, 7, 7), Form.all()).choose(linear(SPARSE), 1)));
  }

  @Test
  void triesNOfMOnlyWhereTheMaskHasIt() {
    float[] three = SPARSE.clone();
    Arrays.fill(three, 0, 3, 1);
    LayerPlan plan = chooser(new Scripted(5, 4, 3, 2, 1), Form.all()).choose(linear(three), 1);
    assertEquals("blocks 16×1", chosen(plan));
    assertEquals(Optional.empty(), plan.trial("2:4"));
  }

  @Test
  void triesCompressedRowsForConvolutions() {
    ConvolutionShape shape = new ConvolutionShape(1, 5, 5, 2, 2, 1, 0, 1);
    LayerWeights weights = LayerWeights.convolution("conv1", 4, shape, SPARSE);
    LayerPlan plan = chooser(new Scripted(5, 4), Form.all()).choose(weights, 2);
    assertEquals("CSR", chosen(plan));
    assertEquals(2, plan.trials().size());
    assertTrue(verdicts.content.keySet().iterator().next().contains("stride=1"));
  }

  @Test
  void triesWhatTheOperationsConvolveIn() {
    ConvolutionShape shape = new ConvolutionShape(1, 5, 5, 2, 2, 1, 0, 1);
    LayerWeights weights = LayerWeights.convolution("conv1", 4, shape, SPARSE);
    FormChooser chooser =
        new FormChooser(
            new InBlocks(), this::densePass, 1, Form.all(), new Scripted(5, 4, 3, 4), verdicts);
    LayerPlan plan = chooser.choose(weights, 2);
    assertEquals("blocks 4×1", chosen(plan));
    assertEquals(4, plan.trials().size());
  }

  private record InBlocks() implements SparseOps {
    @Override
    public String name() {
      return "in blocks";
    }

    @Override
    public Product product(Topology topology) {
      return new JavaOps().product(topology);
    }

    @Override
    public boolean convolvesIn(Layout layout) {
      return !(layout instanceof Layout.NOfM);
    }
  }

  @Test
  void runsAndClosesWhatItTimes() {
    chooser(new Scripted(1, 2, 3, 4, 5), Form.all()).choose(linear(SPARSE), 1);
    assertTrue(densePasses.get(0).ran && densePasses.get(0).closed);
    PassTimer broken =
        passes -> {
          throw new IllegalStateException("no clock");
        };
    LayerWeights other = linear(new float[8]);
    assertThrows(IllegalStateException.class, () -> chooser(broken, Form.all()).choose(other, 1));
    assertTrue(densePasses.get(1).closed);
  }

  @Test
  void remembersVerdictsOfTheSameKind() {
    Scripted timer = new Scripted(50, 20, 10, 30, 40);
    FormChooser chooser = chooser(timer, Form.all());
    LayerPlan first = chooser.choose(linear(SPARSE), 1);
    float[] larger = SPARSE.clone();
    larger[0] = 2;
    LayerPlan second = chooser.choose(linear(larger), 1);
    assertEquals(1, timer.calls);
    assertTrue(second.remembered());
    assertEquals(first.trials(), second.trials());
    assertEquals(
        List.of(
            "Java; [4, 4]; batch 1; threads 1; sparsity 81 %; dense, CSR keeping 19 %, blocks 4×1"
                + " keeping 75 %, blocks 16×1 keeping 75 %, 2:4 keeping 19 %"),
        List.copyOf(verdicts.content.keySet()));
  }

  @Test
  void timesAgainWhatDiffers() {
    Scripted timer = new Scripted(50, 20, 10, 30, 40);
    FormChooser chooser = chooser(timer, Form.all());
    chooser.choose(linear(SPARSE), 1);
    chooser.choose(linear(SPARSE), 2);
    assertEquals(2, timer.calls);
    chooser.choose(linear(new float[16]), 1);
    assertEquals(3, timer.calls);
    chooser.choose(LayerWeights.linear("fc1", 2, 8, SPARSE), 1);
    assertEquals(4, timer.calls);
    float[] oneColumn = {1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0};
    chooser.choose(linear(oneColumn), 1);
    assertEquals(5, timer.calls);
    chooser(timer, Form.all().subList(0, 2)).choose(linear(SPARSE), 1);
    assertEquals(6, timer.calls);
    new FormChooser(new JavaOps(), this::densePass, 2, Form.all(), timer, verdicts)
        .choose(linear(SPARSE), 1);
    assertEquals(7, timer.calls);
  }

  @Test
  void timesAgainWhereAVerdictLacksAForm() {
    Scripted timer = new Scripted(50, 20, 10, 30, 40);
    FormChooser chooser = chooser(timer, Form.all());
    chooser.choose(linear(SPARSE), 1);
    verdicts.content.replaceAll((key, times) -> Map.of("dense", 1.0));
    assertEquals("blocks 4×1", chosen(chooser.choose(linear(SPARSE), 1)));
    assertEquals(2, timer.calls);
    verdicts.content.values().forEach(times -> times.put("CSR", null));
    chooser.choose(linear(SPARSE), 1);
    assertEquals(3, timer.calls);
  }

  @Test
  void refusesWhatItCannotCompare() {
    assertRefused(
        "forms is [CSR]; allowed: dense first, then sparse ones",
        () -> chooser(new Scripted(), List.of(new Form.Sparse(new Layout.Csr()))));
    assertRefused(
        "forms is [dense, dense]; allowed: dense first, then sparse ones",
        () -> chooser(new Scripted(), List.of(new Form.Dense(), new Form.Dense())));
    assertRefused(
        "batch is 0; allowed: an integer of at least 1",
        () -> chooser(new Scripted(), Form.all()).choose(linear(SPARSE), 0));
    assertRefused(
        "length of the weights of fc1 is 3; allowed: 2 · 2",
        () -> LayerWeights.linear("fc1", 2, 2, new float[3]));
  }

  @Test
  void timesABuildOfItsOwn() {
    Scripted timer = new Scripted(50, 20, 10, 30, 40);
    choose(timer, "a1");
    choose(timer, "b2");
    choose(timer, "a1");
    assertEquals(2, timer.calls);
    assertTrue(
        verdicts.content.keySet().stream().anyMatch(key -> key.startsWith("Java b2; [4, 4]; ")));
  }

  private void choose(PassTimer timer, String version) {
    SparseOps built =
        new SparseOps() {
          @Override
          public String name() {
            return "Java";
          }

          @Override
          public String version() {
            return version;
          }

          @Override
          public Product product(Topology topology) {
            return new JavaOps().product(topology);
          }
        };
    new FormChooser(built, this::densePass, 1, Form.all(), timer, verdicts)
        .choose(linear(SPARSE), 1);
  }

  private static void assertRefused(String sentence, Runnable call) {
    assertEquals(sentence, assertThrows(RecipeException.class, call::run).getMessage());
  }
}
