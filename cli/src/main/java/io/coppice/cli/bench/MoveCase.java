package io.coppice.cli.bench;

import io.coppice.framework.ops.Layout;
import java.util.List;

/**
 * A linear layer [out, in] whose index follows a changed topology.
 *
 * @param batch of the backward pass that needs the transposed index
 */
record MoveCase(int out, int in, int batch, double sparsity, int threads, List<Layout> layouts)
    implements OpsCase {

  MoveCase {
    layouts = List.copyOf(layouts);
  }

  @Override
  public String subject() {
    return "moves of " + out + "x" + in;
  }
}
