package io.coppice.engines.sparse.cuda;

import io.coppice.framework.ops.Backward;
import io.coppice.framework.ops.Floats;
import io.coppice.framework.ops.Forward;
import io.coppice.framework.ops.ProductArguments;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import java.lang.ref.Reference;

/** A product whose index and scratch memory lie on a device; it only launches, on one stream. */
final class CudaProduct implements SparseOps.Product {
  private static final int ALIGNMENT = 16;
  private static final int CHUNK = 512;

  private final Topology topology;
  private final ProductArguments lengths;
  private final KernelDevice device;
  private final Tiling tiling;
  private final KernelArguments arguments = new KernelArguments();
  private final Workspace alignedValues;
  private final Workspace turnedValues;
  private final Workspace turnedX;
  private final Workspace turnedDy;
  private final Workspace parts;
  private final DeviceIndex index;
  private DeviceIndex transposed;
  private boolean closed;

  CudaProduct(KernelDevice device, Topology topology) {
    this.topology = topology;
    this.device = device;
    lengths = ProductArguments.of(topology).on(device.device());
    tiling = Tiling.of(topology);
    alignedValues = new Workspace(device);
    turnedValues = new Workspace(device);
    turnedX = new Workspace(device);
    turnedDy = new Workspace(device);
    parts = new Workspace(device);
    index = DeviceIndex.of(device, topology);
  }

  @Override
  public Topology topology() {
    return topology;
  }

  @Override
  public void forward(Forward call) {
    lengths.require(call);
    requireOpen();
    BatchTiles tiles = BatchTiles.of(call.batch(), device.compiles());
    device.inContext(
        () -> {
          if (tiles.isFew()) {
            multiplyFew(call);
          } else {
            long turned = turn(tiling, call.x(), Floats.NONE, tiles, turnedX);
            multiply(
                index, aligned(call.values()), turned, tiles, call.bias(), call.relu(), call.y());
          }
        });
    keep(call);
  }

  @Override
  public void backward(Backward call) {
    lengths.require(call);
    requireOpen();
    BatchTiles tiles = BatchTiles.of(call.batch(), device.compiles());
    device.inContext(
        () -> {
          long gradient = turn(tiling.transposed(), call.dy(), call.y(), tiles, turnedDy);
          if (call.dx().isPresent()) {
            long turned = turnValues(aligned(call.values()));
            multiply(transposed, turned, gradient, tiles, Floats.NONE, false, call.dx());
          }
          if (call.dvalues().count() > 0) {
            long turned = turn(tiling, call.x(), Floats.NONE, tiles, turnedX);
            sample(gradient, turned, tiles, call.dvalues());
          }
          if (call.dbias().isPresent()) {
            sum(gradient, tiles, call.dbias());
          }
        });
    keep(call);
  }

  private void multiplyFew(Forward call) {
    arguments
        .begin()
        .address(aligned(call.values()))
        .address(index.starts())
        .address(index.indices())
        .address(call.x().address())
        .address(call.bias().address())
        .integers(call.relu() ? 1 : 0)
        .address(call.y().address())
        .integers(call.batch(), topology.rows(), topology.columns());
    launch(
        Kernels.index(tiling, device.compiles()),
        "coppice_spmm_few",
        tiling.multiplyingFew(call.batch()));
  }

  private void multiply(
      DeviceIndex matrix,
      long values,
      long turned,
      BatchTiles batch,
      Floats bias,
      boolean relu,
      Floats to) {
    Tiling cut = matrix.tiling();
    int warpRows =
        device.compiles()
            ? cut.warpRows(batch, device.multiprocessors())
            : Kernels.DEFAULT_WARP_ROWS;
    arguments
        .begin()
        .address(values)
        .address(matrix.indices())
        .address(matrix.cuts())
        .address(turned)
        .integers(batch.pitch())
        .address(bias.address())
        .integers(relu ? 1 : 0)
        .address(to.address())
        .integers(batch.batch(), cut.rows(), cut.tiles());
    launch(
        Kernels.multiplying(cut, batch.examples(), warpRows),
        "coppice_spmm",
        cut.multiplying(batch, warpRows));
  }

  /** Feature-major x [batch, the tiling's columns], 0 where y, if present, is not above 0. */
  private long turn(Tiling cut, Floats x, Floats y, BatchTiles batch, Workspace to) {
    int pitch = batch.pitch();
    int filled = cut.filledColumns();
    long turned = to.floats(requirePositions(pitch, filled));
    arguments
        .begin()
        .address(x.address())
        .address(y.address())
        .address(turned)
        .integers(batch.batch(), cut.columns(), pitch, filled);
    launch(Kernels.TRANSPOSE, "coppice_transpose", cut.turning(batch));
    return turned;
  }

  /** The values in the order of the transpose, whose index is made when first needed. */
  private long turnValues(long values) {
    if (transposed == null) {
      transposed = DeviceIndex.transposed(device, topology);
    }
    long turned = turnedValues.floats(topology.values());
    if (topology.entries() > 0) {
      arguments
          .begin()
          .address(values)
          .address(transposed.sources())
          .address(turned)
          .integers(topology.entries());
      launch(
          Kernels.index(transposed.tiling(), device.compiles()),
          "coppice_turn",
          Grid.covering(topology.values()));
    }
    return turned;
  }

  private void sample(long gradient, long turned, BatchTiles batch, Floats dvalues) {
    int values = topology.values();
    int pitch = batch.pitch();
    Grid grid = tiling.sampling(batch, CHUNK);
    long sums = parts.floats((long) grid.z() * values);
    arguments
        .begin()
        .address(index.indices())
        .address(index.cuts())
        .address(gradient)
        .address(turned)
        .integers(pitch, CHUNK)
        .address(sums)
        .integers(topology.blockRows(), tiling.tiles(), values);
    launch(Kernels.sampling(tiling, batch.examples()), "coppice_sddmm", grid);
    arguments.begin().address(sums).address(dvalues.address()).integers(values, grid.z());
    launch(Kernels.sampling(tiling, batch.examples()), "coppice_sum_parts", Grid.covering(values));
  }

  private void sum(long gradient, BatchTiles batch, Floats dbias) {
    arguments
        .begin()
        .address(gradient)
        .address(0)
        .address(dbias.address())
        .integers(1, topology.rows(), batch.pitch());
    launch(
        Kernels.sampling(tiling, batch.examples()),
        "coppice_sum_planes",
        new Grid(topology.rows(), 1, 1));
  }

  private void launch(KernelSource source, String kernel, Grid grid) {
    device.launch(device.kernel(source, kernel), grid, arguments);
  }

  /** The address of the values, or of a copy where they do not begin at a multiple of 16 bytes. */
  private long aligned(Floats values) {
    if (values.address() % ALIGNMENT == 0) {
      return values.address();
    }
    long copy = alignedValues.floats(values.count());
    device.copy(copy, values.address(), values.count() * Float.BYTES);
    return copy;
  }

  private long requirePositions(int pitch, int filled) {
    long count = (long) pitch * filled;
    if (count > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "batch · features is %d · %d; allowed: below 2^31 on a GPU".formatted(pitch, filled));
    }
    return count;
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException("the product of " + topology + " is closed");
    }
  }

  // Neither this product nor the memory of its arguments may be freed before all is launched;
  // freeing waits for what was.
  private void keep(Record call) {
    Reference.reachabilityFence(this);
    Reference.reachabilityFence(call);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      index.close();
      if (transposed != null) {
        transposed.close();
      }
      alignedValues.close();
      turnedValues.close();
      turnedX.close();
      turnedDy.close();
      parts.close();
    }
  }
}
