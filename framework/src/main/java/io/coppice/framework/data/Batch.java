package io.coppice.framework.data;

import ai.djl.ndarray.NDArray;

/**
 * Some examples for one step.
 *
 * @param features [batch, sample...]
 * @param targets class probabilities [batch, classes], one-hot unless smoothed
 */
public record Batch(NDArray features, NDArray targets) {}
