package io.coppice.framework.display;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Pictures beside each other, each over its caption, to be compared.
 *
 * @param title what they are pictures of
 * @param note on how to read them
 */
public record Strip(String title, String note, List<Panel> panels) implements Displayable {
  private static final int PANEL_WIDTH = 230;
  private static final int PANEL_HEIGHT = 200;
  private static final int WIDEST = 800;
  private static final int HIGHEST = 360;
  private static final int TEXT_WIDTH = 22;
  private static final int TEXT_HEIGHT = 10;
  private static final String GAP = "  ";

  /** A picture and what stands below it. */
  public record Panel(String caption, Raster raster) {}

  public Strip {
    panels = List.copyOf(panels);
  }

  /** As many panels side by side as the width allows. */
  @Override
  public String toText(int width) {
    List<String> lines = new ArrayList<>(Wrapped.lines(title, width));
    boolean one = panels.size() == 1;
    int across = one ? width : Math.min(TEXT_WIDTH, width);
    int down = one ? 2 * TEXT_HEIGHT : TEXT_HEIGHT;
    int beside = Math.max(1, (width + GAP.length()) / (across + GAP.length()));
    for (int from = 0; from < panels.size(); from += beside) {
      List<List<String>> blocks =
          panels.subList(from, Math.min(panels.size(), from + beside)).stream()
              .map(panel -> block(panel, across, down))
              .toList();
      int height = blocks.stream().mapToInt(List::size).max().orElse(0);
      for (int line = 0; line < height; line++) {
        int at = line;
        lines.add(
            blocks.stream()
                .map(block -> at < block.size() ? block.get(at) : "")
                .map(text -> text + " ".repeat(Math.max(0, across - text.length())))
                .collect(Collectors.joining(GAP))
                .stripTrailing());
      }
    }
    lines.addAll(Wrapped.lines(note, width));
    return String.join("\n", lines);
  }

  private static List<String> block(Panel panel, int across, int down) {
    List<String> lines = new ArrayList<>(panel.raster().text(down, across));
    lines.addAll(Wrapped.lines(panel.caption(), across));
    return lines;
  }

  @Override
  public String toHtml() {
    boolean one = panels.size() == 1;
    String figures =
        panels.stream()
            .map(
                panel ->
                    panel
                        .raster()
                        .figure(
                            title + ", " + panel.caption(),
                            panel.caption(),
                            one ? WIDEST : PANEL_WIDTH,
                            one ? HIGHEST : PANEL_HEIGHT))
            .collect(Collectors.joining());
    return Sheet.fragment(
        "<h2>%s</h2>\n<div class=\"strip\">\n%s</div>\n<p>%s</p>\n"
            .formatted(Html.escape(title), figures, Html.escape(note)));
  }

  @Override
  public String toString() {
    return toText(Wrapped.USUAL_WIDTH);
  }
}
