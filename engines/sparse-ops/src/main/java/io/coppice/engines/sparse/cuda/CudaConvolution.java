package io.coppice.engines.sparse.cuda;

import io.coppice.framework.ops.Backward;
import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.Floats;
import io.coppice.framework.ops.Forward;
import io.coppice.framework.ops.ProductArguments;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.recipe.Require;
import java.lang.ref.Reference;

/**
 * A convolution whose index and scratch memory lie on a device; it only launches, on one stream.
 */
final class CudaConvolution implements SparseOps.Convolution {
  private static final int OUTPUTS_PER_BLOCK = 128;
  private static final int WARPS = Grid.THREADS / 32;

  private final Topology topology;
  private final ConvolutionShape shape;
  private final ProductArguments lengths;
  private final KernelDevice device;
  private final KernelArguments arguments = new KernelArguments();
  private final Spread in;
  private final Spread out;
  private final Workspace spreadX;
  private final Workspace spreadDy;
  private final Workspace gathered;
  private final ConvolutionIndex index;
  private ConvolutionIndex back;
  private DeviceBuffer sources;
  private boolean closed;

  /**
   * @throws io.coppice.framework.recipe.RecipeException when the weights do not fit the shape or
   *     come in blocks
   */
  CudaConvolution(KernelDevice device, Topology topology, ConvolutionShape shape) {
    this.topology = topology;
    this.shape = shape;
    this.device = device;
    lengths = ProductArguments.of(topology, shape).on(device.device());
    Require.that(
        topology.layout().blockSize() == 1,
        "layout of a convolution on a GPU",
        topology.layout(),
        "CSR or N:M");
    in = Spread.of(shape);
    out = Spread.back(shape);
    spreadX = new Workspace(device);
    spreadDy = new Workspace(device);
    gathered = new Workspace(device);
    index = index(topology.starts(), topology.indices(), in, false);
  }

  private ConvolutionIndex index(int[] starts, int[] columns, Spread spread, boolean flipped) {
    return new ConvolutionIndex(
        device, starts, columns, shape.kernelHeight(), shape.kernelWidth(), spread, flipped);
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
          long images = spread(in, call.x(), Floats.NONE, batch, shape.channelsIn(), spreadX);
          arguments
              .begin()
              .address(call.values().address())
              .address(index.starts())
              .address(index.offsets())
              .address(images)
              .address(call.bias().address())
              .integers(call.relu() ? 1 : 0)
              .address(call.y().address())
              .integers(batch, topology.rows(), shape.outputHeight(), shape.outputWidth())
              .integers(shape.channelsIn(), in.toHeight(), in.toWidth())
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
    long turned = gathered.floats(topology.values());
    if (topology.entries() > 0) {
      arguments
          .begin()
          .address(call.values().address())
          .address(sources.address())
          .address(turned)
          .integers(topology.entries());
      launch(Kernels.CONVOLUTION, "coppice_gather", Grid.covering(topology.entries()));
    }
    long gradients = spread(out, call.dy(), call.y(), call.batch(), topology.rows(), spreadDy);
    arguments
        .begin()
        .address(turned)
        .address(back.starts())
        .address(back.offsets())
        .address(gradients)
        .address(0)
        .integers(0)
        .address(call.dx().address())
        .integers(call.batch(), shape.channelsIn(), shape.height(), shape.width())
        .integers(topology.rows(), out.toHeight(), out.toWidth())
        .integers(1, shape.groups());
    convolve(call.batch(), shape.channelsIn(), shape.height(), shape.width());
  }

  private void convolve(int batch, int channelsOut, int height, int width) {
    Grid grid =
        new Grid(
            Grid.ceil((long) batch * height * width, OUTPUTS_PER_BLOCK),
            Grid.ceil(channelsOut, WARPS),
            1);
    launch(Kernels.CONVOLUTION, "coppice_conv2d", grid);
  }

  private void sample(Backward call) {
    long images = spread(in, call.x(), Floats.NONE, call.batch(), shape.channelsIn(), spreadX);
    arguments
        .begin()
        .address(index.starts())
        .address(index.offsets())
        .address(images)
        .address(call.dy().address())
        .address(call.y().address())
        .address(call.dvalues().address())
        .integers(topology.entries(), call.batch(), topology.rows())
        .integers(shape.outputHeight(), shape.outputWidth())
        .integers(shape.channelsIn(), in.toHeight(), in.toWidth())
        .integers(shape.stride(), shape.groups());
    launch(
        Kernels.CONVOLUTION,
        "coppice_conv2d_dvalues",
        new Grid(Grid.ceil(topology.entries(), WARPS), 1, 1));
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

  /** The images with zeros around and between, 0 where y, if present, is not above 0. */
  private long spread(
      Spread spread, Floats images, Floats y, int batch, int channels, Workspace to) {
    int numbers = spread.numbers(batch, channels);
    long spreadTo = to.floats(numbers);
    arguments
        .begin()
        .address(images.address())
        .address(y.address())
        .address(spreadTo)
        .integers(batch * channels, spread.height(), spread.width(), spread.step())
        .integers(spread.top(), spread.left(), spread.toHeight(), spread.toWidth());
    launch(Kernels.CONVOLUTION, "coppice_spread", Grid.covering(numbers));
    return spreadTo;
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
      spreadX.close();
      spreadDy.close();
      gathered.close();
    }
  }
}
