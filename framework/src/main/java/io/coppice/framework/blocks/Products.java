package io.coppice.framework.blocks;

import ai.djl.Device;
import ai.djl.ndarray.types.Shape;
import io.coppice.framework.autograd.Autograd;
import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The products of one layer, each readied for a device and a size of images when the first such
 * input comes; threads take turns.
 */
final class Products {
  private record Place(Device device, Optional<ConvolutionShape> convolution) {}

  private final Autograd autograd;
  private final Function<Device, SparseOps> homes;
  private final UnaryOperator<Shape> output;
  private final boolean relu;
  private final Map<Place, SparseProduct> products = new HashMap<>();
  private Topology topology;

  /**
   * @param homes of the operations
   * @param output gives the shape of y for that of x
   */
  Products(
      Autograd autograd,
      Function<Device, SparseOps> homes,
      Topology topology,
      UnaryOperator<Shape> output,
      boolean relu) {
    this.autograd = autograd;
    this.homes = homes;
    this.topology = topology;
    this.output = output;
    this.relu = relu;
  }

  synchronized Topology topology() {
    return topology;
  }

  /** The product for inputs on that device, of images where there is a convolution. */
  synchronized SparseProduct at(Device device, Optional<ConvolutionShape> convolution) {
    return products.computeIfAbsent(new Place(device, convolution), this::ready);
  }

  private SparseProduct ready(Place place) {
    SparseOps ops = homes.apply(place.device());
    SparseOps.Product product =
        place
            .convolution()
            .<SparseOps.Product>map(shape -> ops.convolution(topology, shape))
            .orElseGet(() -> ops.product(topology));
    int inputs = place.convolution().map(ConvolutionShape::inputs).orElseGet(topology::columns);
    return new SparseProduct(autograd, product, ops.device(), inputs, output, relu);
  }

  /** Goes on with another topology: products that can follow do, others are closed. */
  synchronized void move(Topology next) {
    Map<Place, SparseProduct> moved = new HashMap<>();
    products.forEach(
        (place, product) ->
            product.moved(next).ifPresentOrElse(to -> moved.put(place, to), product::close));
    products.clear();
    products.putAll(moved);
    topology = next;
  }

  /** Closes them all; those that are asked for again are readied anew. */
  synchronized void clear() {
    products.values().forEach(SparseProduct::close);
    products.clear();
  }
}
