package io.coppice.framework.sparsity;

/**
 * A layer whose weights compete to stay.
 *
 * @param mask what has stayed so far; nothing else can stay
 * @param scores one for each weight, the higher the better
 */
public record Scored(Mask mask, float[] scores) {}
