package io.coppice.framework.sparsity;

import io.coppice.framework.display.Figures;
import io.coppice.framework.display.Html;
import io.coppice.framework.display.Picture;
import io.coppice.framework.display.Png;
import io.coppice.framework.display.Theme;
import io.coppice.framework.display.Wrapped;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * A mask as a picture: a row per output, a column per input or, of a convolution, per input and
 * place in the kernel. A large matrix is drawn in cells, the darker the more of it stays.
 */
final class MaskPicture {
  private static final int WIDEST = 800;
  private static final int HIGHEST = 360;
  private static final int LARGEST_CELL = 12;
  private static final int MOST_LINES = 16;
  private static final String SHADES = " ░▒▓█";

  private final Mask mask;
  private final int rows;
  private final int columns;

  MaskPicture(Mask mask) {
    this.mask = mask;
    this.rows = mask.shape().dimension() == 0 ? 1 : Math.toIntExact(mask.shape().get(0));
    this.columns = rows == 0 ? 0 : mask.size() / rows;
  }

  String text(int width) {
    List<String> lines = new ArrayList<>(Wrapped.lines("Mask " + words(), width));
    if (mask.size() > 0) {
      double[][] cells = cells(MOST_LINES, Math.max(1, width - 2));
      String edge = "─".repeat(cells[0].length);
      lines.add("┌" + edge + "┐");
      for (double[] row : cells) {
        StringBuilder line = new StringBuilder("│");
        Arrays.stream(row).forEach(density -> line.append(shade(density)));
        lines.add(line.append("│").toString());
      }
      lines.add("└" + edge + "┘");
    }
    return String.join("\n", lines);
  }

  /** Full and empty are told from nearly so. */
  private static char shade(double density) {
    int last = SHADES.length() - 1;
    int between = 1 + (int) Math.min(last - 2, density * (last - 1));
    return SHADES.charAt(density <= 0 ? 0 : density >= 1 ? last : between);
  }

  /** Without the style of a fragment. */
  String html() {
    String title = "<h2>Mask " + Html.escape(shape()) + "</h2>\n";
    String lead = "<p class=\"lead\">" + Html.escape(stays()) + "</p>\n";
    if (mask.size() == 0) {
      return title + lead;
    }
    return title
        + lead
        + picture(Theme.LIGHT)
            .html(words(), picture(Theme.DARK))
            .replaceFirst("<figure>", "<figure class=\"crisp\">")
        + "<p>"
        + Html.escape(scale())
        + "</p>\n";
  }

  private String words() {
    return shape() + ": " + stays();
  }

  private String shape() {
    return Arrays.toString(mask.shape().getShape());
  }

  private String stays() {
    float[] outputs = mask.size() == 0 ? new float[0] : mask.outputs();
    int dead = 0;
    for (float output : outputs) {
      dead += output == 0 ? 1 : 0;
    }
    return String.format(
        Locale.ROOT,
        "%,d of %,d weights stay, %s %%%s",
        mask.kept(),
        mask.size(),
        Figures.fixed(mask.size() == 0 ? 0 : 100 * mask.density(), 2),
        dead == 0 ? "" : String.format(Locale.ROOT, "; %,d of %,d outputs keep none", dead, rows));
  }

  private String scale() {
    String axes = "Outputs down, inputs across";
    return rows <= HIGHEST && columns <= WIDEST
        ? axes + "; coloured where a weight stays."
        : axes + "; the more of a cell's weights stay, the stronger its colour.";
  }

  private Picture picture(Theme theme) {
    double[][] cells = cells(HIGHEST, WIDEST);
    int high = cells.length;
    int wide = cells[0].length;
    BufferedImage image = new BufferedImage(wide, high, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < high; y++) {
      for (int x = 0; x < wide; x++) {
        image.setRGB(x, y, blend(theme.rule(), theme.series(0), cells[y][x]).getRGB());
      }
    }
    int cell = Math.max(1, Math.min(LARGEST_CELL, Math.min(WIDEST / wide, HIGHEST / high)));
    return new Picture(Png.of(image), cell * wide, cell * high);
  }

  private static Color blend(Color from, Color to, double share) {
    return new Color(
        mixed(from.getRed(), to.getRed(), share),
        mixed(from.getGreen(), to.getGreen(), share),
        mixed(from.getBlue(), to.getBlue(), share));
  }

  private static int mixed(int from, int to, double share) {
    return (int) Math.round(from + (to - from) * share);
  }

  /** The density of each cell, all of so many weights that there are at most so many cells. */
  double[][] cells(int highest, int widest) {
    int down = (rows + highest - 1) / highest;
    int across = (columns + widest - 1) / widest;
    int high = (rows + down - 1) / down;
    int wide = (columns + across - 1) / across;
    double[][] kept = new double[high][wide];
    for (int i = 0; i < mask.size(); i++) {
      kept[i / columns / down][i % columns / across] += mask.keeps(i) ? 1 : 0;
    }
    for (int y = 0; y < high; y++) {
      for (int x = 0; x < wide; x++) {
        int size = Math.min(down, rows - y * down) * Math.min(across, columns - x * across);
        kept[y][x] /= size;
      }
    }
    return kept;
  }
}
