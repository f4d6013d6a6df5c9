package io.coppice.framework.measure;

import io.coppice.framework.network.Liveness;
import io.coppice.framework.network.Network;
import io.coppice.framework.training.EpochRow;
import io.coppice.framework.training.Evaluation;
import java.util.List;

/**
 * A finished run, as metrics see it.
 *
 * @param network with the chosen epoch's W̃ as its weights
 * @param liveness of that network
 * @param test on the test part, read once
 * @param chosen the epoch that validation chose
 * @param epochs all epochs
 */
public record Trained(
    Network network, Liveness liveness, Evaluation test, EpochRow chosen, List<EpochRow> epochs) {

  /** Follows the network's weights as they are now. */
  public Trained(Network network, Evaluation test, EpochRow chosen, List<EpochRow> epochs) {
    this(network, Liveness.of(network), test, chosen, epochs);
  }
}
