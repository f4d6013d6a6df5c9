package io.coppice.engines.sparse;

import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Topology;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

class CpuConvolutionPropertiesTest {

  @Provide
  Arbitrary<Layout> layouts() {
    return Arbitraries.of(
        new Layout.Csr(),
        new Layout.Csr(),
        new Layout.Blocks(4, 1),
        new Layout.Blocks(16, 1),
        new Layout.Blocks(3, 2),
        new Layout.NOfM(1, 4));
  }

  @Property(tries = 300)
  void isItsDefinition(
      @ForAll("layouts") Layout layout,
      @ForAll @IntRange(min = 1, max = 18) int batch,
      @ForAll @DoubleRange(min = 0, max = 1) double density,
      @ForAll Random random) {
    for (Isa isa : NativeMachine.instructionSetsIfAny()) {
      trial(layout, ConvolutionShapes.any(random, 12), batch, density, random)
          .run(new CpuOps(isa))
          .assertRight();
    }
  }

  /** A million small convolutions: 20,000 tries of 50, without the framework's work for each. */
  @Tag("slow")
  @Property(tries = 20_000)
  void isItsDefinitionAMillionTimes(
      @ForAll("layouts") Layout layout,
      @ForAll @DoubleRange(min = 0, max = 1) double density,
      @ForAll Random random) {
    List<Isa> there = NativeMachine.instructionSetsIfAny();
    for (int i = 0; i < 50 && !there.isEmpty(); i++) {
      int batch = 1 + random.nextInt(random.nextInt(10) == 0 ? 18 : 3);
      trial(layout, ConvolutionShapes.any(random, 5), batch, density, random)
          .run(new CpuOps(there.get(random.nextInt(there.size()))))
          .assertRight();
    }
  }

  private static ProductTrial trial(
      Layout layout, ConvolutionShape shape, int batch, double density, Random random) {
    int rows = shape.groups() * (1 + random.nextInt(5));
    Topology weights = RandomTopology.of(layout, rows, shape.columns(), density, random);
    return new ProductTrial(
        weights, shape, batch, random.nextBoolean(), random.nextBoolean(), random);
  }
}
