package io.coppice.framework.measure;

import io.coppice.framework.network.Layer;

/**
 * Bytes of the prunable weights as compressed sparse rows, a layer as the matrix [out, in·kernel]:
 * per weight that {@link Nonzero} counts a 32-bit value and a column index, 16-bit where the row
 * has at most 65,536 columns and else 32-bit; and one 32-bit pointer per row and one more, rows of
 * dead units included.
 */
public record BytesCsr() implements Metric {
  private static final long SHORT_COLUMNS = 1L << 16;

  @Override
  public String column() {
    return "bytes_csr";
  }

  @Override
  public double of(Trained trained) {
    long bytes = 0;
    for (Layer layer : trained.network().layers()) {
      long columns = layer.size() / layer.outputs();
      long index = columns <= SHORT_COLUMNS ? Short.BYTES : Integer.BYTES;
      bytes += (Float.BYTES + index) * trained.liveness().nonzero(layer);
      bytes += Integer.BYTES * (layer.outputs() + 1);
    }
    return bytes;
  }
}
