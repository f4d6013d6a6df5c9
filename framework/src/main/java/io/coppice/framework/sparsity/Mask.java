package io.coppice.framework.sparsity;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.coppice.framework.display.Displayable;
import io.coppice.framework.display.Sheet;
import io.coppice.framework.display.Strip;
import io.coppice.framework.display.Wrapped;
import io.coppice.framework.recipe.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Which weights of a layer stay: an immutable tensor of 0 and 1 in row-major order. */
public final class Mask implements Displayable {
  private final Shape shape;
  private final boolean[] keeps;
  private final int kept;

  Mask(Shape shape, boolean[] keeps) {
    this.shape = shape;
    this.keeps = keeps;
    int count = 0;
    for (boolean keep : keeps) {
      count += keep ? 1 : 0;
    }
    this.kept = count;
  }

  /** The mask that keeps every weight. */
  public static Mask full(Shape shape) {
    boolean[] keeps = new boolean[Math.toIntExact(shape.size())];
    Arrays.fill(keeps, true);
    return new Mask(shape, keeps);
  }

  /** Keeps where the values are not 0. */
  public static Mask of(NDArray values) {
    float[] floats = values.toFloatArray();
    boolean[] keeps = new boolean[floats.length];
    for (int i = 0; i < keeps.length; i++) {
      keeps[i] = floats[i] != 0;
    }
    return new Mask(values.getShape(), keeps);
  }

  /** Keeps the weights at these row-major positions. */
  public static Mask at(Shape shape, int[] positions) {
    boolean[] keeps = new boolean[Math.toIntExact(shape.size())];
    for (int position : positions) {
      keeps[position] = true;
    }
    return new Mask(shape, keeps);
  }

  /**
   * Keeps exactly {@code count} weights, those of the highest scores, the lower index first among
   * equals.
   *
   * @throws io.coppice.framework.recipe.RecipeException when there are fewer weights
   */
  public static Mask best(Shape shape, float[] scores, int count) {
    return full(shape).best(scores, count);
  }

  /**
   * Keeps exactly {@code count} of the weights that this mask keeps, those of the highest scores,
   * the lower index first among equals.
   *
   * @param scores one for each weight, kept or not
   * @throws io.coppice.framework.recipe.RecipeException when this mask keeps fewer
   */
  public Mask best(float[] scores, int count) {
    Require.that(count >= 0 && count <= kept, "count", count, "0 to " + kept);
    int[] ones = new int[keeps.length];
    Arrays.fill(ones, 1);
    return new Mask(shape, Selection.fitting(scores, keeps, ones, count));
  }

  /** Keeps what this mask removes. */
  public Mask inverse() {
    boolean[] inverse = new boolean[keeps.length];
    for (int i = 0; i < inverse.length; i++) {
      inverse[i] = !keeps[i];
    }
    return new Mask(shape, inverse);
  }

  /** Keeps what either mask keeps. */
  public Mask or(Mask other) {
    boolean[] either = keeps.clone();
    for (int i = 0; i < either.length; i++) {
      either[i] |= other.keeps[i];
    }
    return new Mask(shape, either);
  }

  public Shape shape() {
    return shape;
  }

  /** The number of weights. */
  public int size() {
    return keeps.length;
  }

  /** The number of weights that stay. */
  public int kept() {
    return kept;
  }

  /** The fraction of weights that stay. */
  public double density() {
    return (double) kept / keeps.length;
  }

  /** Whether every weight stays. */
  public boolean isFull() {
    return kept == keeps.length;
  }

  /** Whether the weight at this row-major position stays. */
  public boolean keeps(int position) {
    return keeps[position];
  }

  /** The row-major positions of the weights that stay, ascending. */
  public int[] positions() {
    int[] positions = new int[kept];
    int next = 0;
    for (int i = 0; i < keeps.length; i++) {
      if (keeps[i]) {
        positions[next++] = i;
      }
    }
    return positions;
  }

  /** 1 for each output that keeps a weight, 0 for the others, [out]. */
  public float[] outputs() {
    float[] outputs = new float[Math.toIntExact(shape.get(0))];
    int row = keeps.length / outputs.length;
    for (int i = 0; i < keeps.length; i++) {
      if (keeps[i]) {
        outputs[i / row] = 1;
      }
    }
    return outputs;
  }

  /** 1 where a weight stays and 0 elsewhere, in row-major order. */
  public float[] values() {
    float[] values = new float[keeps.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = keeps[i] ? 1 : 0;
    }
    return values;
  }

  /** {@link #values} as a tensor of this mask's shape in {@code manager}'s memory. */
  public NDArray toArray(NDManager manager) {
    return manager.create(values(), shape);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Mask that
        && shape.equals(that.shape)
        && Arrays.equals(keeps, that.keeps);
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + Arrays.hashCode(keeps);
  }

  @Override
  public String toString() {
    return toText(Wrapped.USUAL_WIDTH);
  }

  /**
   * Masks beside each other, to be compared.
   *
   * @param masks by what stands below each; of any shapes, none of them empty
   */
  public static Strip strip(String title, Map<String, Mask> masks) {
    List<Strip.Panel> panels = new ArrayList<>();
    masks.forEach(
        (caption, mask) -> {
          MaskPicture picture = new MaskPicture(mask);
          panels.add(new Strip.Panel(caption + ": " + picture.stays(), picture.raster()));
        });
    return new Strip(title, "Outputs down, inputs across; coloured where a weight stays.", panels);
  }

  /**
   * This mask beside the weights that it is about, to be looked at.
   *
   * @param weights of this mask's shape, before the mask removes any
   * @throws io.coppice.framework.recipe.RecipeException when they have another shape
   */
  public MaskedLayer on(NDArray weights) {
    Require.that(weights.getShape().equals(shape), "weights", weights.getShape(), "of " + shape);
    return new MaskedLayer(this, weights.toFloatArray());
  }

  /** A picture of the matrix, [out, in], drawn with characters. */
  @Override
  public String toText(int width) {
    return new MaskPicture(this).text(width);
  }

  /** A picture of the matrix, [out, in]. */
  @Override
  public String toHtml() {
    return Sheet.fragment(new MaskPicture(this).html());
  }
}
