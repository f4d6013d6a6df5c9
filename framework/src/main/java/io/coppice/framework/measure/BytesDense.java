package io.coppice.framework.measure;

/**
 * Bytes of the prunable weights as dense 32-bit values. Biases and normalisation are the same in
 * every format and left out.
 */
public record BytesDense() implements Metric {

  @Override
  public String column() {
    return "bytes_dense";
  }

  @Override
  public double of(Trained trained) {
    return Float.BYTES * new Parameters().of(trained);
  }
}
