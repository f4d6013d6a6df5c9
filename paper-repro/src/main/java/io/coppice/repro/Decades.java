package io.coppice.repro;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Where a logarithmic axis of weights may have a line. */
final class Decades {
  /** 1, 2 and 5 times the powers of ten, in order. */
  static final List<Double> PLACES =
      IntStream.range(0, 9)
          .boxed()
          .flatMap(i -> Stream.of(1.0, 2.0, 5.0).map(digit -> digit * Math.pow(10, i)))
          .toList();

  private Decades() {}
}
