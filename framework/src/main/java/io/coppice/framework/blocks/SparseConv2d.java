package io.coppice.framework.blocks;

import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.coppice.framework.autograd.Autograd;
import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.Topology;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Optional;

/**
 * A convolution of images [batch, channels, height, width] with sparse weights [channelsOut,
 * channelsIn / groups, kernelHeight, kernelWidth], seen as the matrix [channelsOut, the rest]. Only
 * the kept values exist: they are the parameter {@code values}, in the order of the {@link
 * Topology}. It trains under {@link Autograd#gradientCollector}.
 *
 * <pre>{@code
 * SparseConv2d layer = SparseConv2d.builder(topology, 3, 3).padding(1).relu(true).build();
 * }</pre>
 */
public final class SparseConv2d extends SparseBlock {

  /** The same for images of any size. */
  record Geometry(int kernelHeight, int kernelWidth, int stride, int padding, int groups) {}

  private final Geometry geometry;

  SparseConv2d(Parts parts, Geometry geometry) {
    super(parts);
    this.geometry = geometry;
  }

  /**
   * Starts a convolution of stride 1 without padding and groups, with a bias, without a ReLU, with
   * values drawn from N(0, 2 / columns).
   *
   * @param weights [channelsOut, channelsIn / groups · kernelHeight · kernelWidth]
   */
  public static SparseConv2dBuilder builder(Topology weights, int kernelHeight, int kernelWidth) {
    return new SparseConv2dBuilder(weights, kernelHeight, kernelWidth);
  }

  private int channelsIn() {
    int kernel = geometry.kernelHeight() * geometry.kernelWidth();
    return topology().columns() / kernel * geometry.groups();
  }

  @Override
  Optional<ConvolutionShape> convolution(Shape input) {
    if (input.dimension() != 4 || input.get(1) != channelsIn()) {
      throw refused(input, "(batch, " + channelsIn() + ", height, width)");
    }
    long leastHeight = Math.max(1, geometry.kernelHeight() - 2L * geometry.padding());
    long leastWidth = Math.max(1, geometry.kernelWidth() - 2L * geometry.padding());
    if (input.get(2) < leastHeight || input.get(3) < leastWidth) {
      throw refused(input, "images of at least " + leastHeight + "×" + leastWidth);
    }
    return Optional.of(
        new ConvolutionShape(
            channelsIn(),
            Math.toIntExact(input.get(2)),
            Math.toIntExact(input.get(3)),
            geometry.kernelHeight(),
            geometry.kernelWidth(),
            geometry.stride(),
            geometry.padding(),
            geometry.groups()));
  }

  @Override
  Shape output(Shape input) {
    ConvolutionShape shape = convolution(input).orElseThrow();
    return new Shape(input.get(0), topology().rows(), shape.outputHeight(), shape.outputWidth());
  }

  @Override
  public Shape weightShape() {
    return new Shape(
        topology().rows(),
        channelsIn() / geometry.groups(),
        geometry.kernelHeight(),
        geometry.kernelWidth());
  }

  @Override
  void addWholeGradient(NDArray x, NDArray dy, NDArray sum) {
    autograd().addConvolutionGradient(x, dy, convolution(x.getShape()).orElseThrow(), sum);
  }

  @Override
  protected void saveMetadata(DataOutputStream out) throws IOException {
    super.saveMetadata(out);
    out.writeInt(geometry.kernelHeight());
    out.writeInt(geometry.kernelWidth());
    out.writeInt(geometry.stride());
    out.writeInt(geometry.padding());
    out.writeInt(geometry.groups());
  }

  @Override
  protected void loadMetadata(byte version, DataInputStream in)
      throws IOException, MalformedModelException {
    super.loadMetadata(version, in);
    Geometry saved =
        new Geometry(in.readInt(), in.readInt(), in.readInt(), in.readInt(), in.readInt());
    if (!saved.equals(geometry)) {
      throw new MalformedModelException(
          "the saved convolution is " + saved + "; allowed: " + geometry);
    }
  }
}
