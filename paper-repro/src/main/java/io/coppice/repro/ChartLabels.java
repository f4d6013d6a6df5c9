package io.coppice.repro;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Words beside the points of a drawing: right of them, or else left, or else higher or lower, so
 * that none covers another, or a point.
 */
final class ChartLabels {
  private static final int LINE = 13;
  private static final int GAP = 12;
  private static final int POINT = 5;

  /** How wide a letter is. */
  static final double LETTER = 6.2;

  private final List<Label> labels = new ArrayList<>();

  private record Label(String kind, double x, double y, String words) {
    Place point() {
      return new Place(true, x - POINT, x + POINT, y);
    }

    Place at(boolean right, double height) {
      double length = LETTER * words.length();
      double from = right ? x + GAP : x - GAP - length;
      return new Place(right, from, from + length, height);
    }
  }

  private record Place(boolean right, double from, double to, double y) {
    boolean covers(Place other) {
      return from < other.to && other.from < to && Math.abs(y - other.y) < LINE - 0.01;
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
   * Writes them, those that are higher or lower with a line to their point.
   *
   * @param leftmost where none begins before
   * @param lowest the height below which none stands
   */
  void write(Svg svg, double leftmost, double lowest) {
    List<Place> taken = new ArrayList<>(labels.stream().map(Label::point).toList());
    labels.sort(Comparator.comparingDouble(Label::y));
    for (Label label : labels) {
      Place place = free(label, taken, leftmost, lowest);
      taken.add(place);
      int side = place.right() ? 1 : -1;
      if (place.y() != label.y()) {
        double from = label.x() + side * 4;
        svg.line("lead", from, label.y(), label.x() + side * (GAP - 2), place.y());
      }
      double x = label.x() + side * GAP;
      String anchor = place.right() ? "start" : "end";
      svg.words("label " + label.kind(), x, place.y() + 4, anchor, label.words());
    }
  }

  /** The nearest place where the label covers none of those that are taken. */
  private static Place free(Label label, List<Place> taken, double leftmost, double lowest) {
    for (int lines = 0; ; lines++) {
      for (double y : new double[] {label.y() + lines * LINE, label.y() - lines * LINE}) {
        for (boolean right : new boolean[] {true, false}) {
          Place place = label.at(right, y);
          if (y <= lowest
              && (right || place.from() >= leftmost)
              && taken.stream().noneMatch(place::covers)) {
            return place;
          }
        }
      }
    }
  }
}
