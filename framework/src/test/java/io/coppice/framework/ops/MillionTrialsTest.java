package io.coppice.framework.ops;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tag;
import net.jqwik.api.constraints.IntRange;

/** A million random small calls, for the corner that a thousand do not meet. */
@Tag("slow")
class MillionTrialsTest {
  private static final int TRIES = 500_000;

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void products(
      @ForAll @IntRange(min = 1, max = 20) int rows,
      @ForAll @IntRange(min = 1, max = 20) int columns,
      @ForAll @IntRange(min = 1, max = 9) int batch,
      @ForAll Random random) {
    ProductTrial trial = ProductTrial.ofMatrix(rows, columns, batch, random);
    trial.assertForward();
    trial.assertBackward();
  }

  @Property(tries = TRIES, shrinking = ShrinkingMode.OFF)
  void convolutions(
      @ForAll @IntRange(min = 1, max = 3) int channelsPerGroup,
      @ForAll @IntRange(min = 1, max = 3) int batch,
      @ForAll Random random) {
    ProductTrial trial = ProductTrial.ofConvolution(channelsPerGroup, batch, random);
    trial.assertForward();
    trial.assertBackward();
  }
}
