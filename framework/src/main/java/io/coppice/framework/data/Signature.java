package io.coppice.framework.data;

import ai.djl.ndarray.types.Shape;

/**
 * What a network for a data set must fit.
 *
 * @param sample the shape of one example
 */
public record Signature(Shape sample, int classes) {}
