package io.coppice.framework.sparsity;

import io.coppice.framework.display.Figures;
import io.coppice.framework.display.Html;
import io.coppice.framework.display.Spark;
import io.coppice.framework.display.Wrapped;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Weights counted by value, those that stay apart from those that go.
 *
 * @param limit bins are of equal width from −limit to limit
 * @param kept the weights that stay, per bin
 * @param removed the weights that go, per bin
 */
public record WeightHistogram(double limit, List<Integer> kept, List<Integer> removed) {
  private static final int BINS = 61;
  private static final int WIDTH = 640;
  private static final int HEIGHT = 190;
  private static final int TOP = 30;
  private static final int BOTTOM = 22;
  private static final int SIDE = 4;

  /** A bar may be this many times as high as the second. */
  private static final int HIGHEST = 3;

  static WeightHistogram of(Mask mask, float[] weights) {
    double limit = 0;
    for (float weight : weights) {
      limit = Float.isFinite(weight) ? Math.max(limit, Math.abs(weight)) : limit;
    }
    Integer[] kept = new Integer[BINS];
    Integer[] removed = new Integer[BINS];
    Arrays.fill(kept, 0);
    Arrays.fill(removed, 0);
    for (int i = 0; i < weights.length; i++) {
      if (Float.isFinite(weights[i])) {
        double share = limit == 0 ? 0.5 : (weights[i] / limit + 1) / 2;
        Integer[] counts = mask.keeps(i) ? kept : removed;
        counts[(int) Math.min(BINS - 1, BINS * share)]++;
      }
    }
    return new WeightHistogram(limit, List.of(kept), List.of(removed));
  }

  /**
   * The count that a bar of full height stands for. One bin far above all others, such as that of
   * weights which have been set to 0, is cut: the others are seen.
   */
  private static double full(IntStream counts) {
    int[] sorted = counts.sorted().toArray();
    int greatest = sorted[sorted.length - 1];
    int second = sorted.length > 1 ? sorted[sorted.length - 2] : 0;
    return Math.max(1, second == 0 ? greatest : Math.min(greatest, HIGHEST * second));
  }

  private static int sum(List<Integer> counts) {
    return counts.stream().mapToInt(Integer::intValue).sum();
  }

  String toText(int width) {
    int bins = Math.max(1, Math.min(BINS, width - "removed  ".length()));
    String low = "−" + Figures.brief(limit);
    String high = Figures.brief(limit);
    String axis = low + " ".repeat(Math.max(1, bins - low.length() - high.length())) + high;
    return String.join(
        "\n",
        "kept     " + bars(kept, bins),
        "removed  " + bars(removed, bins),
        "         " + axis);
  }

  private String bars(List<Integer> counts, int bins) {
    int[] merged = new int[bins];
    int[] both = new int[bins];
    for (int i = 0; i < BINS; i++) {
      merged[i * bins / BINS] += counts.get(i);
      both[i * bins / BINS] += kept.get(i) + removed.get(i);
    }
    double most = full(Arrays.stream(both));
    StringBuilder bars = new StringBuilder();
    Arrays.stream(merged)
        .forEach(count -> bars.append(count == 0 ? " " : Spark.level(Math.min(1, count / most))));
    return bars.toString();
  }

  /** Bars that stand on each other: those kept below, those removed above. */
  String svg() {
    StringBuilder svg = new StringBuilder();
    String words =
        text(
            "Histogram of weights from %s to %s: %,d stay, %,d go",
            "−" + Figures.brief(limit), Figures.brief(limit), sum(kept), sum(removed));
    svg.append(
        text(
            "<figure><svg class=\"histogram\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
                + " role=\"img\" aria-label=\"%s\">",
            WIDTH, HEIGHT, WIDTH, HEIGHT, Html.escape(words)));
    svg.append(legend(0, "--series-0", text("%,d kept", sum(kept))));
    svg.append(legend(160, "--series-1", text("%,d removed", sum(removed))));
    double bin = (WIDTH - 2.0 * SIDE) / BINS;
    int room = HEIGHT - TOP - BOTTOM;
    double unit = room / full(IntStream.range(0, BINS).map(i -> kept.get(i) + removed.get(i)));
    for (int i = 0; i < BINS; i++) {
      double below = Math.min(room, unit * kept.get(i));
      svg.append(bar(i, bin, HEIGHT - BOTTOM - below, below, "--series-0"));
      double above = Math.min(room - below, unit * removed.get(i));
      svg.append(bar(i, bin, HEIGHT - BOTTOM - below - above, above, "--series-1"));
    }
    svg.append(
        text(
            "<line class=\"rule\" x1=\"0\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/>",
            WIDTH, HEIGHT - BOTTOM, HEIGHT - BOTTOM));
    svg.append(tick(SIDE, "start", "−" + Figures.brief(limit)));
    svg.append(tick(WIDTH / 2, "middle", "0"));
    svg.append(tick(WIDTH - SIDE, "end", Figures.brief(limit)));
    return svg.append("</svg></figure>\n").toString();
  }

  private static String legend(int x, String colour, String words) {
    return text(
        "<rect x=\"%d\" y=\"3\" width=\"10\" height=\"10\" fill=\"var(%s)\"/>"
            + "<text class=\"title\" x=\"%d\" y=\"12.5\">%s</text>",
        x, colour, x + 16, words);
  }

  private static String bar(int index, double width, double y, double height, String colour) {
    return height == 0
        ? ""
        : text(
            "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" fill=\"var(%s)\"/>",
            SIDE + index * width + 0.5, y, width - 1, height, colour);
  }

  private static String tick(int x, String anchor, String words) {
    return text(
        "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>", x, HEIGHT - 6, anchor, words);
  }

  private static String text(String format, Object... arguments) {
    return String.format(Locale.ROOT, format, arguments);
  }

  @Override
  public String toString() {
    return toText(Wrapped.USUAL_WIDTH);
  }
}
