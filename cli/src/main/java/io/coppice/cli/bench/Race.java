package io.coppice.cli.bench;

import io.coppice.framework.execution.Pass;
import io.coppice.framework.execution.PassTimer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What passes took that were timed in turn, so that all of them met the same machine.
 *
 * @param dense microseconds of the fastest dense way
 * @param sparse microseconds of each sparse pass, one per layout
 * @param enginesOwn microseconds of the engine's fastest sparse way; null where it has none
 */
record Race(double dense, List<Double> sparse, Double enginesOwn) {

  /** Times the passes and closes them. */
  static Race run(
      PassTimer timer,
      List<? extends Pass> denseWays,
      List<? extends Pass> sparse,
      List<? extends Pass> enginesOwn) {
    List<Pass> all = new ArrayList<>(denseWays);
    all.addAll(sparse);
    all.addAll(enginesOwn);
    try {
      double[] times = timer.microseconds(all);
      int firstOwn = denseWays.size() + sparse.size();
      return new Race(
          least(times, 0, denseWays.size()),
          IntStream.range(denseWays.size(), firstOwn).mapToObj(i -> times[i]).toList(),
          enginesOwn.isEmpty() ? null : least(times, firstOwn, times.length));
    } finally {
      all.forEach(Pass::close);
    }
  }

  /** A row per layout of what was timed. */
  List<OpsRow> rows(String op, OpsCase what) {
    List<OpsRow> rows = new ArrayList<>();
    for (int i = 0; i < sparse.size(); i++) {
      rows.add(
          new OpsRow(
              op,
              Wording.key(what.layouts().get(i)),
              what.out(),
              what.in(),
              what.batch(),
              what.sparsity(),
              what.threads(),
              dense,
              sparse.get(i),
              dense / sparse.get(i),
              enginesOwn,
              what.precision().toString(),
              what.subject()));
    }
    return rows;
  }

  private static double least(double[] times, int from, int to) {
    return Arrays.stream(times, from, to).min().orElseThrow();
  }
}
