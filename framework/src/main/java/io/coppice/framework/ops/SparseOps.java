package io.coppice.framework.ops;

import ai.djl.Device;
import io.coppice.framework.recipe.Require;
import java.util.Optional;

/**
 * A home of the sparse operations: plain Java, native code, a GPU. Every method checks the lengths
 * of its arguments and throws {@link IllegalArgumentException} that names the wrong one.
 */
public interface SparseOps {

  /** The home's name, with the instructions it uses: {@code Java}, {@code CPU AVX-512}. */
  String name();

  /** The device in whose memory arguments must lie. */
  default Device device() {
    return Device.cpu();
  }

  /** The memory of that device. */
  default FloatMemory memory() {
    return FloatMemory.HOST;
  }

  /** In which numbers {@link #product} and {@link #convolution} multiply. */
  default Precision precision() {
    return Precision.FLOAT32;
  }

  /**
   * The same operations with products and convolutions in another precision.
   *
   * @throws io.coppice.framework.recipe.RecipeException when the home has none
   */
  default SparseOps in(Precision precision) {
    Require.that(
        precision == precision(),
        "precision of products by " + name(),
        precision,
        precision() + "; bfloat16 is for networks on a CUDA GPU");
    return this;
  }

  /** Tells builds of one home apart, whose speeds differ; empty where there is but one. */
  default String version() {
    return "";
  }

  /** The threads that a call from the calling thread uses. */
  default int threads() {
    return 1;
  }

  /** Readies a topology for products; its index is copied and, if need be, transposed. */
  Product product(Topology topology);

  /** Whether convolutions are worth a trial with weights in this layout. */
  default boolean convolvesIn(Layout layout) {
    return layout instanceof Layout.Csr;
  }

  /**
   * Readies a convolution whose weights are a matrix of this topology; plain Java where a home has
   * none of its own.
   *
   * @param weights in compressed rows; a home may take other layouts too
   * @throws io.coppice.framework.recipe.RecipeException when the matrix does not fit the shape
   */
  default Convolution convolution(Topology weights, ConvolutionShape shape) {
    return new JavaOps().convolution(weights, shape);
  }

  /** The operations on the host: of the first provider that can serve, or else plain Java's. */
  static SparseOps find() {
    return find(Device.cpu());
  }

  /**
   * The operations on a device: of the first provider that can serve it; plain Java's on a host
   * that none can.
   *
   * @throws MissingOpsException when nothing serves the device; it says what is missing
   */
  static SparseOps find(Device device) {
    return serving(device)
        .orElseGet(
            () -> {
              if (device.equals(Device.cpu())) {
                return new JavaOps();
              }
              throw SparseOpsProvider.missing(device, SparseOpsProvider.of(device));
            });
  }

  /** The operations of the first provider that can serve a device; they outrun plain Java's. */
  static Optional<SparseOps> serving(Device device) {
    return SparseOpsProvider.of(device).stream()
        .map(provider -> provider.open(device))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /**
   * Products with a matrix W [rows, columns] of one topology. Its values come with every call, in
   * the order of {@link Topology}, so that an optimiser may move them. Same arguments, same bits,
   * whatever the number of threads. Threads that share one take turns.
   */
  interface Product extends AutoCloseable {

    Topology topology();

    /** y = act(x Wᵀ + b). */
    void forward(Forward call);

    /** The gradients of {@link #forward}. */
    void backward(Backward call);

    /** Whether {@link #backward} can add the gradients of values and bias to what is there. */
    default boolean adds() {
      return false;
    }

    /**
     * Follows its matrix to another topology of the same layout, rows and columns, in the memory it
     * has and in time linear in the entries.
     *
     * @return false where it stays as it is, and a new product must be readied instead
     */
    default boolean move(Topology to) {
      return false;
    }

    @Override
    void close();
  }

  /**
   * A product whose x is [batch, channelsIn, height, width] and whose y is [batch, channelsOut,
   * outputHeight, outputWidth]: each output is the product with the part of the padded image under
   * the kernel, as of a cross-correlation. The bias is [channelsOut].
   */
  interface Convolution extends Product {

    ConvolutionShape shape();
  }
}
