package io.coppice.engines.sparse;

/** Of which kind a trial's numbers are, and what may be rounded. */
enum TrialNumbers {
  USUAL,
  ROUNDED,
  BF16,

  /** What is multiplied is rounded to bf16 first; sums and results are not. */
  FACTORS_IN_BF16;

  /** The number as it is multiplied: the nearest, of two the even one. */
  double factor(double number) {
    if (this != FACTORS_IN_BF16) {
      return number;
    }
    int bits = Float.floatToIntBits((float) number);
    return Float.intBitsToFloat(bits + 0x7fff + (bits >>> 16 & 1) & 0xffff0000);
  }
}
