package io.coppice.framework.method;

/**
 * One pass over the training part.
 *
 * @param index from 0
 * @param count how many epochs the training has
 */
public record Epoch(int index, int count) {}
