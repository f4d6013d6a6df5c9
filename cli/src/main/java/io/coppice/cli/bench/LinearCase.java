package io.coppice.cli.bench;

import io.coppice.framework.ops.Layout;
import java.util.List;

/** A linear layer [out, in]. */
record LinearCase(int out, int in, int batch, double sparsity, int threads, List<Layout> layouts)
    implements OpsCase {
  /** At which the engine's own sparse products are timed, too. */
  private static final double ENGINES_SPARSITY = 0.9;

  LinearCase {
    layouts = List.copyOf(layouts);
  }

  @Override
  public String subject() {
    return out + "x" + in;
  }

  /** Whether the gradients are timed: nobody trains on a single example. */
  boolean trains() {
    return batch > 1;
  }

  boolean meetsTheEnginesOwn() {
    return sparsity == ENGINES_SPARSITY;
  }
}
