package io.coppice.datasets;

import java.util.Arrays;
import java.util.Optional;

/**
 * Which rows of a table are in which part.
 *
 * @param train row numbers, ascending, as in the other parts
 */
record TableSplit(int[] train, int[] validation, int[] test) {

  /**
   * Every part with the same share of every class.
   *
   * @param test the rows held out for the test; absent: a fifth of all
   * @param validation the training rows held out; absent: a tenth of them
   */
  static TableSplit of(
      RowLabels labels, Optional<Integer> test, Optional<Integer> validation, long seed) {
    int rows = labels.numbers().length;
    StratifiedSplit outer =
        StratifiedSplit.of(labels.numbers(), StratifiedSplit.count("test", test, rows, 5), seed);
    int known = outer.kept().length;
    StratifiedSplit inner =
        StratifiedSplit.of(
            labels.at(outer.kept()),
            StratifiedSplit.count("validation", validation, known, 10),
            seed);
    return new TableSplit(
        chosen(outer.kept(), inner.kept()), chosen(outer.kept(), inner.heldOut()), outer.heldOut());
  }

  private static int[] chosen(int[] rows, int[] positions) {
    return Arrays.stream(positions).map(position -> rows[position]).toArray();
  }
}
