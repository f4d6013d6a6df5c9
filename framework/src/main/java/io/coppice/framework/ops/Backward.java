package io.coppice.framework.ops;

/**
 * What a product's backward pass reads and writes. A gradient that is not wanted is {@link
 * Floats#NONE}; the rest is overwritten, or added to.
 *
 * @param values of W, may be NONE without {@code dx}
 * @param x [batch, columns], may be NONE without {@code dvalues}
 * @param y what forward gave, where it had a ReLU, whose gradient then masks {@code dy}; otherwise
 *     NONE
 * @param dy [batch, rows]
 * @param dx [batch, columns], dy W
 * @param dvalues dyᵀ x at the topology's entries, 0 where a block reaches over the edge
 * @param dbias [rows], dy summed over the batch
 * @param add whether dvalues and dbias are added to, by a product that {@link
 *     SparseOps.Product#adds}
 */
public record Backward(
    Floats values,
    Floats x,
    Floats y,
    Floats dy,
    int batch,
    Floats dx,
    Floats dvalues,
    Floats dbias,
    boolean add) {

  /** With all gradients overwritten. */
  public Backward(
      Floats values,
      Floats x,
      Floats y,
      Floats dy,
      int batch,
      Floats dx,
      Floats dvalues,
      Floats dbias) {
    this(values, x, y, dy, batch, dx, dvalues, dbias, false);
  }
}
