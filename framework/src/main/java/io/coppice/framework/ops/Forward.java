package io.coppice.framework.ops;

/**
 * What a product's forward pass y = act(x Wᵀ + b) reads and writes.
 *
 * @param values of W, in the order of its {@link Topology}
 * @param x [batch, columns]
 * @param bias [rows] or {@link Floats#NONE}
 * @param relu whether act is max(0, ·) or nothing
 * @param y [batch, rows], overwritten
 */
public record Forward(Floats values, Floats x, int batch, Floats bias, boolean relu, Floats y) {}
