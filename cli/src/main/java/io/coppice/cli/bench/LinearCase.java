package io.coppice.cli.bench;

import ai.djl.Device;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Precision;
import java.util.List;

/** A linear layer [out, in]. */
record LinearCase(
    int out,
    int in,
    int batch,
    double sparsity,
    int threads,
    List<Layout> layouts,
    Precision precision)
    implements OpsCase {
  /** At which the engine's own sparse products are timed on a host. */
  private static final double ENGINES_SPARSITY = 0.9;

  LinearCase {
    layouts = List.copyOf(layouts);
  }

  /** In float32. */
  LinearCase(int out, int in, int batch, double sparsity, int threads, List<Layout> layouts) {
    this(out, in, batch, sparsity, threads, layouts, Precision.FLOAT32);
  }

  /** Such as {@code 304x784} or {@code 4096x4096 in bfloat16}. */
  @Override
  public String subject() {
    return out + "x" + in + (precision == Precision.FLOAT32 ? "" : " in " + precision);
  }

  /** Whether the gradients are timed: nobody trains on a single example. */
  boolean trains() {
    return batch > 1;
  }

  /** Whether the engine's own sparse products are timed: in float32, on a GPU at any sparsity. */
  boolean meetsTheEnginesOwn(Device device) {
    return precision == Precision.FLOAT32 && (sparsity == ENGINES_SPARSITY || device.isGpu());
  }
}
