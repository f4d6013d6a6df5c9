package io.coppice.framework.ops;

/**
 * The numbers in which a product's values, inputs and outputs are multiplied and kept, and those in
 * which a convolution multiplies; sums, and a convolution's outputs, are of float32 in each. Layers
 * take and give float32 whichever it is.
 */
public enum Precision {
  /** 24 binary digits. */
  FLOAT32("float32", Float.BYTES, 1e-5),

  /** 8 binary digits, in float32's range: for a GPU's tensor cores. */
  BFLOAT16("bfloat16", Short.BYTES, 0x1p-6);

  private final String text;
  private final int bytes;
  private final double tolerance;

  Precision(String text, int bytes, double tolerance) {
    this.text = text;
    this.bytes = bytes;
    this.tolerance = tolerance;
  }

  /** The bytes of a number. */
  public int bytes() {
    return bytes;
  }

  /**
   * What one layer may move a network's outputs by, relative to the largest of them. In float32 it
   * is 1e-5, for another order of a sum's terms. In bfloat16 it is 2^-6: rounding moves a product
   * of two numbers by up to 2^-7 of itself, and where terms cancel each may exceed the output.
   */
  public double tolerance() {
    return tolerance;
  }

  @Override
  public String toString() {
    return text;
  }
}
