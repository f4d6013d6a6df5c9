package io.coppice.framework.sparsity;

import io.coppice.framework.display.Displayable;
import io.coppice.framework.display.Sheet;
import io.coppice.framework.display.Wrapped;

/** A mask and the weights that it keeps and removes: a picture and a histogram. */
public final class MaskedLayer implements Displayable {
  private final Mask mask;
  private final WeightHistogram histogram;

  MaskedLayer(Mask mask, float[] weights) {
    this.mask = mask;
    this.histogram = WeightHistogram.of(mask, weights);
  }

  /** How many weights of each size stay and how many go. */
  public WeightHistogram histogram() {
    return histogram;
  }

  @Override
  public String toText(int width) {
    return mask.toText(width) + "\n\n" + histogram.toText(width);
  }

  @Override
  public String toHtml() {
    return Sheet.fragment(new MaskPicture(mask).html() + histogram.svg());
  }

  @Override
  public String toString() {
    return toText(Wrapped.USUAL_WIDTH);
  }
}
