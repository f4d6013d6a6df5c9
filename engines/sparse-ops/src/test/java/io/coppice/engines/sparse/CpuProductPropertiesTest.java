package io.coppice.engines.sparse;

import io.coppice.framework.ops.Layout;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;

/**
 * A property that is skipped counts as failed; without the native library there is nothing to try.
 */
class CpuProductPropertiesTest {

  @Provide
  Arbitrary<Layout> layouts() {
    return Arbitraries.oneOf(
        Arbitraries.just(new Layout.Csr()),
        Arbitraries.of(new Layout.Blocks(4, 1), new Layout.Blocks(8, 1), new Layout.Blocks(16, 1)),
        Combinators.combine(
                Arbitraries.integers().between(1, 33), Arbitraries.integers().between(1, 6))
            .as(Layout.Blocks::new),
        Arbitraries.integers()
            .between(2, 16)
            .flatMap(
                m -> Arbitraries.integers().between(1, m - 1).map(n -> new Layout.NOfM(n, m))));
  }

  @Property
  void isItsDefinition(
      @ForAll("layouts") Layout layout,
      @ForAll @IntRange(min = 1, max = 70) int rows,
      @ForAll @IntRange(min = 1, max = 70) int columns,
      @ForAll @IntRange(min = 1, max = 70) int batch,
      @ForAll @DoubleRange(min = 0, max = 1) double density,
      @ForAll boolean bias,
      @ForAll boolean relu,
      @ForAll Random random) {
    for (Isa isa : NativeMachine.instructionSetsIfAny()) {
      new ProductTrial(
              RandomTopology.of(layout, rows, columns, density, random), batch, bias, relu, random)
          .run(new CpuOps(isa))
          .assertRight();
    }
  }

  /** A million small products: 20,000 tries of 50, without the framework's work for each. */
  @Tag("slow")
  @Property(tries = 20_000)
  void isItsDefinitionAMillionTimes(
      @ForAll("layouts") Layout layout,
      @ForAll @DoubleRange(min = 0, max = 1) double density,
      @ForAll Random random) {
    List<Isa> there = NativeMachine.instructionSetsIfAny();
    for (int i = 0; i < 50 && !there.isEmpty(); i++) {
      int rows = 1 + random.nextInt(12);
      int columns = 1 + random.nextInt(12);
      int batch = 1 + random.nextInt(random.nextInt(10) == 0 ? 70 : 6);
      new ProductTrial(
              RandomTopology.of(layout, rows, columns, density, random),
              batch,
              random.nextBoolean(),
              random.nextBoolean(),
              random)
          .run(new CpuOps(there.get(random.nextInt(there.size()))))
          .assertRight();
    }
  }
}
