package io.coppice.cli.bench;

import java.util.ArrayList;
import java.util.List;

/** Rows as if they had been measured. */
final class OpsRows {
  private OpsRows() {}

  /** Forward rows of CSR at [out, in], by pairs of a sparsity and a ratio; dense takes 100 µs. */
  static List<OpsRow> forward(int out, int in, double... sparsitiesAndRatios) {
    List<OpsRow> rows = new ArrayList<>();
    for (int i = 0; i < sparsitiesAndRatios.length; i += 2) {
      double sparsity = sparsitiesAndRatios[i];
      double ratio = sparsitiesAndRatios[i + 1];
      Double own = sparsity == 0.9 ? 80.0 : null;
      rows.add(
          new OpsRow(
              "forward",
              "csr",
              out,
              in,
              64,
              sparsity,
              1,
              100,
              100 / ratio,
              ratio,
              own,
              "float32",
              out + "x" + in));
    }
    return rows;
  }
}
