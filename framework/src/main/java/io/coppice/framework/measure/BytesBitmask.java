package io.coppice.framework.measure;

import io.coppice.framework.network.Layer;

/**
 * Bytes of the prunable weights as one bit per weight, whole bytes per layer, and the 32-bit values
 * that {@link Nonzero} counts.
 */
public record BytesBitmask() implements Metric {

  @Override
  public String column() {
    return "bytes_bitmask";
  }

  @Override
  public double of(Trained trained) {
    long bytes = 0;
    for (Layer layer : trained.network().layers()) {
      bytes += (layer.size() + 7) / 8 + Float.BYTES * trained.liveness().nonzero(layer);
    }
    return bytes;
  }
}
