package io.coppice.framework.sparsity;

import io.coppice.framework.display.Figures;
import io.coppice.framework.display.Html;
import io.coppice.framework.display.Raster;
import io.coppice.framework.display.Wrapped;
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
  private static final int MOST_LINES = 18;

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
      lines.addAll(raster().text(MOST_LINES, width));
    }
    return String.join("\n", lines);
  }

  /** Of a mask that is not empty. */
  Raster raster() {
    return new Raster(rows, columns, i -> mask.keeps(i) ? 1 : 0);
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
        + raster().figure(words(), "", WIDEST, HIGHEST)
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

  /** Such as "1,200 of 1,600 weights stay, 75.00 %". */
  String stays() {
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
}
