package io.coppice.repro;

import io.coppice.framework.recipe.Require;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One row of {@code published.csv}: what a paper prints, and which of our methods answers it. A
 * printed row may be answered twice, by the method as printed and by a changed one.
 *
 * @param row its id on the command line
 * @param network as printed
 * @param method as printed
 * @param accuracy as printed, in per cent
 * @param weights as printed, expanded: 42,500 for 42.5K
 * @param testImages of the test part that the accuracy was read on
 * @param study the study of ours that answers it
 * @param ours the method of that study, by its name in tables
 * @param changes how our answer departs from what is printed; empty when it does not
 * @param note what a reader must know of the printed numbers; empty when nothing
 */
record Published(
    String row,
    String network,
    String method,
    double accuracy,
    double weights,
    int testImages,
    String study,
    String ours,
    String changes,
    String note) {

  Published {
    Require.that(accuracy > 0 && accuracy < 100, "accuracy of row " + row, accuracy, "per cent");
    Require.positive("weights of row " + row, weights);
    Require.atLeast("test_images of row " + row, testImages, 1);
  }

  /** The rows of a file, in its order. */
  static List<Published> read(Path csv) {
    List<Published> rows =
        CsvFile.read(csv).stream()
            .map(
                line ->
                    new Published(
                        line.text("row"),
                        line.text("network"),
                        line.text("method"),
                        line.number("accuracy"),
                        line.number("weights"),
                        (int) line.number("test_images"),
                        line.text("study"),
                        line.text("ours"),
                        line.text("changes"),
                        line.text("note")))
            .toList();
    Set<String> ids = new HashSet<>();
    rows.forEach(row -> Require.that(ids.add(row.row), "row", "twice " + row.row, "each id once"));
    return rows;
  }
}
