package io.coppice.framework.measure;

import io.coppice.framework.network.Network;
import io.coppice.framework.training.EpochRow;
import io.coppice.framework.training.Evaluation;
import java.util.List;

/**
 * A finished run, as metrics see it.
 *
 * @param network with the chosen epoch's W̃ as its weights
 * @param test on the test part, read once
 * @param chosen the epoch that validation chose
 * @param epochs all epochs
 */
public record Trained(Network network, Evaluation test, EpochRow chosen, List<EpochRow> epochs) {}
