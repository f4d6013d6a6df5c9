package io.coppice.framework.display;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * A matrix of shares from 0 to 1 as a picture, the stronger the more. A large matrix is drawn in
 * cells, each the mean of its entries.
 *
 * @param share of the entry at a row-major position
 */
public record Raster(int rows, int columns, IntToDoubleFunction share) {
  private static final int LARGEST_CELL = 12;
  private static final String SHADES = " ░▒▓█";

  /** A figure for light and dark pages, at most so wide and high in CSS pixels. */
  public String figure(String words, String caption, int widest, int highest) {
    String below = caption.isEmpty() ? "" : "<figcaption>" + Html.escape(caption) + "</figcaption>";
    return "<figure class=\"crisp\">"
        + picture(Theme.LIGHT, widest, highest).images(words, picture(Theme.DARK, widest, highest))
        + below
        + "</figure>\n";
  }

  private Picture picture(Theme theme, int widest, int highest) {
    double[][] cells = cells(highest, widest);
    int high = cells.length;
    int wide = cells[0].length;
    BufferedImage image = new BufferedImage(wide, high, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < high; y++) {
      for (int x = 0; x < wide; x++) {
        image.setRGB(x, y, blend(theme.rule(), theme.series(0), cells[y][x]).getRGB());
      }
    }
    int cell = Math.max(1, Math.min(LARGEST_CELL, Math.min(widest / wide, highest / high)));
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

  /** A box of at most so many lines and characters, its edges within. */
  public List<String> text(int highest, int widest) {
    double[][] cells = cells(Math.max(1, highest - 2), Math.max(1, widest - 2));
    String edge = "─".repeat(cells[0].length);
    List<String> lines = new ArrayList<>();
    lines.add("┌" + edge + "┐");
    for (double[] row : cells) {
      StringBuilder line = new StringBuilder("│");
      for (double cell : row) {
        line.append(shade(cell));
      }
      lines.add(line.append("│").toString());
    }
    lines.add("└" + edge + "┘");
    return lines;
  }

  /** Full and empty are told from nearly so. */
  private static char shade(double share) {
    int last = SHADES.length() - 1;
    int between = 1 + (int) Math.min(last - 2, share * (last - 1));
    return SHADES.charAt(share <= 0 ? 0 : share >= 1 ? last : between);
  }

  /** The mean of each cell, all of so many entries that there are at most so many cells. */
  public double[][] cells(int highest, int widest) {
    int down = (rows + highest - 1) / highest;
    int across = (columns + widest - 1) / widest;
    int high = (rows + down - 1) / down;
    int wide = (columns + across - 1) / across;
    double[][] cells = new double[high][wide];
    for (int i = 0; i < rows * columns; i++) {
      cells[i / columns / down][i % columns / across] += share.applyAsDouble(i);
    }
    for (int y = 0; y < high; y++) {
      for (int x = 0; x < wide; x++) {
        int size = Math.min(down, rows - y * down) * Math.min(across, columns - x * across);
        cells[y][x] /= size;
      }
    }
    return cells;
  }
}
