package io.coppice.engines.sparse.cuda;

import io.coppice.framework.ops.Backward;
import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.Floats;
import io.coppice.framework.ops.Forward;
import io.coppice.framework.ops.Precision;
import io.coppice.framework.ops.ProductArguments;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.recipe.Require;
import java.lang.ref.Reference;

/**
 * A convolution whose index and scratch memory lie on a device; it only launches, on one stream. In
 * bfloat16 the values, x and dy are rounded before they are multiplied; all else is float32.
 */
final class CudaConvolution implements SparseOps.Convolution {
  private static final int OUTPUTS_PER_BLOCK = 128;
  private static final int WARPS = Grid.THREADS / 32;

  private final Topology topology;
  private final ConvolutionShape shape;
  private final ProductArguments lengths;
  private final KernelDevice device;
  private final KernelArguments arguments = new KernelArguments();
  private final Precision precision;
  private final KernelSource kernels;
  private final SpreadImages in;
  private final SpreadImages out;
  private final SpreadImages gradients;
  private final Workspace gathered;
  private final ConvolutionIndex index;
  private ConvolutionIndex back;
  private DeviceBuffer sources;
  private boolean closed;

  /**
   * @throws io.coppice.framework.recipe.RecipeException when the weights do not fit the shape or
   *     come in blocks
   */
  CudaConvolution(
      KernelDevice device, Topology topology, ConvolutionShape shape, Precision precision) {
    this.topology = topology;
    this.shape = shape;
    this.device = device;
    lengths = ProductArguments.of(topology, shape).on(device.device());
    Require.that(
        topology.layout().blockSize() == 1,
        "layout of a convolution on a GPU",
        topology.layout(),
        "CSR or N:M");
    this.precision = precision;
    kernels = Kernels.convolution(precision);
    in = new SpreadImages(device, Spread.of(shape), precision);
    out = new SpreadImages(device, Spread.back(shape), precision);
    gradients = new SpreadImages(device, Spread.none(shape), precision);
    gathered = new Workspace(device);
    index = index(topology.starts(), topology.indices(), in, false);
  }

  private ConvolutionIndex index(
      int[] starts, int[] columns, SpreadImages images, boolean flipped) {
    return new ConvolutionIndex(
        device,
        kernels,
        starts,
        columns,
        shape.kernelHeight(),
        shape.kernelWidth(),
        images.spread(),
        flipped);
  }

  @Override
  public Topology topology() {
    return topology;
  }

  @Override
  public ConvolutionShape shape() {
    return shape;
  }

  @Override
  public synchronized void forward(Forward call) {
    lengths.require(call);
    requireOpen();
    device.inContext(
        () -> {
          int batch = call.batch();
          long values = isRounded() ? gather(call.values(), 0) : call.values().address();
          long images = in.of(call.x(), Floats.NONE, batch, shape.channelsIn());
          arguments
              .begin()
              .address(values)
              .address(index.starts())
              .address(index.offsets())
              .address(images)
              .address(call.bias().address())
              .integers(call.relu() ? 1 : 0)
              .address(call.y().address())
              .integers(batch, topology.rows(), shape.outputHeight(), shape.outputWidth())
              .integers(shape.channelsIn(), in.spread().toHeight(), in.spread().toWidth())
              .integers(shape.stride(), shape.groups());
          convolve(batch, topology.rows(), shape.outputHeight(), shape.outputWidth());
        });
    keep(call);
  }

  @Override
  public synchronized void backward(Backward call) {
    lengths.require(call);
    requireOpen();
    device.inContext(
        () -> {
          if (call.dx().isPresent()) {
            backToInputs(call);
          }
          if (call.dvalues().count() > 0) {
            sample(call);
          }
          if (call.dbias().isPresent()) {
            sum(call);
          }
        });
    keep(call);
  }

  private void backToInputs(Backward call) {
    if (back == null) {
      ChannelIndex channels = ChannelIndex.of(topology, shape);
      back = index(channels.starts(), channels.columns(), out, true);
      sources = DeviceBuffer.of(device, channels.sources());
    }
    long turned = gather(call.values(), sources.address());
    long images = out.of(call.dy(), call.y(), call.batch(), topology.rows());
    arguments
        .begin()
        .address(turned)
        .address(back.starts())
        .address(back.offsets())
        .address(images)
        .address(0)
        .integers(0)
        .address(call.dx().address())
        .integers(call.batch(), shape.channelsIn(), shape.height(), shape.width())
        .integers(topology.rows(), out.spread().toHeight(), out.spread().toWidth())
        .integers(1, shape.groups());
    convolve(call.batch(), shape.channelsIn(), shape.height(), shape.width());
  }

  private void convolve(int batch, int channelsOut, int height, int width) {
    Grid grid =
        new Grid(
            Grid.ceil((long) batch * height * width, OUTPUTS_PER_BLOCK),
            Grid.ceil(channelsOut, WARPS),
            1);
    launch(kernels, "coppice_conv2d", grid);
  }

  private boolean isRounded() {
    return precision != Precision.FLOAT32;
  }

  /** The address of the values as they are multiplied, in the order of the sources, if any. */
  private long gather(Floats values, long order) {
    int entries = topology.entries();
    long to = gathered.numbers(entries, precision);
    if (entries > 0) {
      arguments.begin().address(values.address()).address(order).address(to).integers(entries);
      launch(kernels, "coppice_gather", Grid.covering(entries));
    }
    return to;
  }

  private void sample(Backward call) {
    long images = in.of(call.x(), Floats.NONE, call.batch(), shape.channelsIn());
    long dy = call.dy().address();
    long y = call.y().address();
    if (isRounded()) {
      dy = gradients.of(call.dy(), call.y(), call.batch(), topology.rows());
      y = 0;
    }
    arguments
        .begin()
        .address(index.starts())
        .address(index.offsets())
        .address(images)
        .address(dy)
        .address(y)
        .address(call.dvalues().address())
        .integers(topology.entries(), call.batch(), topology.rows())
        .integers(shape.outputHeight(), shape.outputWidth())
        .integers(shape.channelsIn(), in.spread().toHeight(), in.spread().toWidth())
        .integers(shape.stride(), shape.groups());
    launch(kernels, "coppice_conv2d_dvalues", new Grid(Grid.ceil(topology.entries(), WARPS), 1, 1));
  }

  private void sum(Backward call) {
    arguments
        .begin()
        .address(call.dy().address())
        .address(call.y().address())
        .address(call.dbias().address())
        .integers(call.batch(), topology.rows(), shape.outputHeight() * shape.outputWidth());
    launch(Kernels.SUMS, "coppice_sum_planes", new Grid(topology.rows(), 1, 1));
  }

  private void launch(KernelSource source, String kernel, Grid grid) {
    device.launch(device.kernel(source, kernel), grid, arguments);
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the convolution of " + topology + " is closed");
    }
  }

  // Neither this convolution nor the memory of its arguments may be freed before all is launched;
  // freeing waits for what was.
  private void keep(Record call) {
    Reference.reachabilityFence(this);
    Reference.reachabilityFence(call);
  }

  @Override
  public synchronized void close() {
    if (!closed) {
      closed = true;
      index.close();
      if (back != null) {
        back.close();
        sources.close();
      }
      in.close();
      out.close();
      gradients.close();
      gathered.close();
    }
  }
}
