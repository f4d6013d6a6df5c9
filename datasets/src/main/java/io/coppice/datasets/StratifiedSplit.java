package io.coppice.datasets;

import io.coppice.framework.recipe.Require;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Examples in two parts with the same share of every class.
 *
 * @param kept the positions that stay, ascending
 * @param heldOut the positions held out, ascending; of a class with n of all N examples, {@code
 *     n·heldOut/N} rounded up or down
 */
public record StratifiedSplit(int[] kept, int[] heldOut) {

  /**
   * Holds exactly {@code count} examples out, chosen by {@code seed}.
   *
   * @param labels one class per example, from 0
   */
  public static StratifiedSplit of(int[] labels, int count, long seed) {
    check("heldOut", count, labels.length);
    int classes = Arrays.stream(labels).max().orElseThrow() + 1;
    int[][] members = new int[classes][];
    for (int label = 0; label < classes; label++) {
      int wanted = label;
      members[label] = IntStream.range(0, labels.length).filter(i -> labels[i] == wanted).toArray();
    }
    int[] quotas = quotas(members, count, labels.length);
    Random random = new Random(seed);
    boolean[] out = new boolean[labels.length];
    for (int label = 0; label < classes; label++) {
      int[] order = members[label];
      for (int i = 0; i < quotas[label]; i++) {
        int j = i + random.nextInt(order.length - i);
        int chosen = order[j];
        order[j] = order[i];
        out[chosen] = true;
      }
    }
    return new StratifiedSplit(where(out, false), where(out, true));
  }

  private static int[] where(boolean[] flags, boolean value) {
    return IntStream.range(0, flags.length).filter(i -> flags[i] == value).toArray();
  }

  /** Refuses a number of held-out examples that leaves either part empty. */
  static int check(String parameter, int count, int examples) {
    return Require.that(
        count >= 1 && count < examples,
        parameter,
        count,
        "an integer from 1 to " + (examples - 1) + " of the " + examples + " examples");
  }

  /** The number to hold out: as wanted, or one in {@code part} of the examples. */
  static int count(String parameter, Optional<Integer> wanted, int examples, int part) {
    return check(parameter, wanted.orElse(Math.max(1, examples / part)), examples);
  }

  /** Every class's share of the held-out part, by the largest remainder. */
  private static int[] quotas(int[][] members, int count, int examples) {
    int[] quotas = new int[members.length];
    long[] remainders = new long[members.length];
    for (int label = 0; label < members.length; label++) {
      long share = (long) members[label].length * count;
      quotas[label] = (int) (share / examples);
      remainders[label] = share % examples;
    }
    int left = count - Arrays.stream(quotas).sum();
    IntStream.range(0, members.length)
        .boxed()
        .sorted(Comparator.comparingLong(label -> -remainders[label]))
        .limit(left)
        .forEach(label -> quotas[label]++);
    return quotas;
  }
}
