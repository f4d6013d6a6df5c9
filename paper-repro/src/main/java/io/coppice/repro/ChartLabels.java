package io.coppice.repro;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Words right of the points of a drawing, moved up or down where they would cover each other. */
final class ChartLabels {
  private static final int LINE = 13;
  private static final double LETTER = 6.2;

  private final List<Label> labels = new ArrayList<>();

  private record Label(String kind, double x, double y, String words) {
    boolean wouldCover(Label other, double height) {
      boolean beside =
          x + LETTER * words.length() < other.x()
              || other.x() + LETTER * other.words().length() < x;
      return !beside && Math.abs(height - other.y()) < LINE - 0.01;
    }
  }

  /** Words for the point at this place; what is said twice of a place is written once. */
  void add(String kind, double x, double y, String words) {
    Label label = new Label(kind, x, y, words);
    if (!labels.contains(label)) {
      labels.add(label);
    }
  }

  /**
   * Writes them, those that moved with a line to their point.
   *
   * @param lowest the height below which none stands
   */
  void write(Svg svg, double lowest) {
    List<Label> placed = new ArrayList<>();
    labels.sort(Comparator.comparingDouble(Label::y));
    for (Label label : labels) {
      double y = free(label, placed, lowest);
      placed.add(new Label(label.kind(), label.x(), y, label.words()));
      if (y != label.y()) {
        svg.line("lead", label.x() + 4, label.y(), label.x() + 10, y);
      }
      svg.words("label " + label.kind(), label.x() + 12, y + 4, "start", label.words());
    }
  }

  /** The nearest height at which the label covers none of those placed. */
  private static double free(Label label, List<Label> placed, double lowest) {
    for (int lines = 0; ; lines++) {
      for (double y : new double[] {label.y() + lines * LINE, label.y() - lines * LINE}) {
        if (y <= lowest && placed.stream().noneMatch(other -> label.wouldCover(other, y))) {
          return y;
        }
      }
    }
  }
}
