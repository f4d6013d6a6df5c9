package io.coppice.datasets;

import io.coppice.framework.recipe.Require;

/**
 * NumPy's legacy global generator: the Mersenne twister MT19937 (Matsumoto and Nishimura, 1998) and
 * the draws that {@code numpy.random} makes from it, in the same order.
 */
public final class NumPyRandom {
  /** The greatest seed, 2³² − 1. */
  public static final long GREATEST_SEED = 0xFFFFFFFFL;

  private static final int WORDS = 624;
  private static final int MIDDLE = 397;

  private final int[] state = new int[WORDS];
  private int next = WORDS;
  private double spareNormal;
  private boolean hasSpareNormal;

  /** Like {@code numpy.random.seed(seed)}, for a seed from 0 to 2³² − 1. */
  public NumPyRandom(long seed) {
    Require.that(
        seed >= 0 && seed <= GREATEST_SEED, "seed", seed, "an integer from 0 to " + GREATEST_SEED);
    state[0] = (int) seed;
    for (int i = 1; i < WORDS; i++) {
      state[i] = 1812433253 * (state[i - 1] ^ state[i - 1] >>> 30) + i;
    }
  }

  /** A uniform number in [0, 1) with 53 random bits: {@code rand()}. */
  public double rand() {
    int high = next32() >>> 5;
    int low = next32() >>> 6;
    return (high * 67108864.0 + low) / 9007199254740992.0;
  }

  /** A standard normal number by Marsaglia's polar method: {@code randn()}. */
  public double randn() {
    if (hasSpareNormal) {
      hasSpareNormal = false;
      return spareNormal;
    }
    double x;
    double y;
    double square;
    do {
      x = 2 * rand() - 1;
      y = 2 * rand() - 1;
      square = x * x + y * y;
    } while (square >= 1 || square == 0);
    double factor = StrictMath.sqrt(-2 * StrictMath.log(square) / square);
    spareNormal = factor * x;
    hasSpareNormal = true;
    return factor * y;
  }

  /** An integer from 0 to {@code count} − 1: {@code choice(count)}. */
  public int choice(int count) {
    Require.atLeast("count", count, 1);
    return atMost(count - 1);
  }

  /** The integers 0..count−1 in a random order: {@code permutation(count)}. */
  public int[] permutation(int count) {
    int[] order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    for (int i = count - 1; i > 0; i--) {
      int j = atMost(i);
      int swapped = order[i];
      order[i] = order[j];
      order[j] = swapped;
    }
    return order;
  }

  /** An integer in [0, greatest]: random bits of the least sufficient width until one fits. */
  private int atMost(int greatest) {
    if (greatest == 0) {
      return 0;
    }
    int mask = -1 >>> Integer.numberOfLeadingZeros(greatest);
    int value;
    do {
      value = next32() & mask;
    } while (value > greatest);
    return value;
  }

  private int next32() {
    if (next == WORDS) {
      twist();
    }
    int y = state[next++];
    y ^= y >>> 11;
    y ^= y << 7 & 0x9d2c5680;
    y ^= y << 15 & 0xefc60000;
    return y ^ y >>> 18;
  }

  private void twist() {
    for (int i = 0; i < WORDS; i++) {
      int joined = state[i] & 0x80000000 | state[(i + 1) % WORDS] & 0x7fffffff;
      int mixed = joined >>> 1 ^ ((joined & 1) == 0 ? 0 : 0x9908b0df);
      state[i] = state[(i + MIDDLE) % WORDS] ^ mixed;
    }
    next = 0;
  }
}
