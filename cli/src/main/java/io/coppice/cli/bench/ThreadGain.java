package io.coppice.cli.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How often faster a sparse form is on several threads than on one.
 *
 * @param several what was measured on several threads
 * @param bySparsity one thread's time over theirs
 */
record ThreadGain(OpsSeries several, SortedMap<Double, Double> bySparsity) {

  /** Of every series on several threads that was measured on one, too. */
  static List<ThreadGain> of(List<OpsRow> rows) {
    List<ThreadGain> gains = new ArrayList<>();
    for (OpsSeries several : OpsSeries.of(rows)) {
      SortedMap<Double, Double> bySparsity = new TreeMap<>();
      for (OpsRow row : several.bySparsity().values()) {
        rows.stream()
            .filter(one -> row.threads() > 1 && isOnOneThread(one, row))
            .findFirst()
            .ifPresent(one -> bySparsity.put(row.sparsity(), one.sparse_us() / row.sparse_us()));
      }
      if (!bySparsity.isEmpty()) {
        gains.add(new ThreadGain(several, bySparsity));
      }
    }
    return gains;
  }

  private static boolean isOnOneThread(OpsRow one, OpsRow several) {
    return one.threads() == 1
        && one.op().equals(several.op())
        && one.subject().equals(several.subject())
        && one.layout().equals(several.layout())
        && one.batch() == several.batch()
        && one.sparsity() == several.sparsity();
  }
}
