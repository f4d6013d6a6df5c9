package io.coppice.engines.sparse.cuda;

import io.coppice.framework.ops.Floats;
import io.coppice.framework.ops.Forward;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.ProductArguments;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.recipe.Require;

/**
 * y = act(x Wᵀ + b) in bf16 on tensor cores, for W in blocks whose sides are multiples of 16, with
 * memory at hand for one batch. Layers are of float32; this is what a GPU could do for them.
 */
public final class Bf16Blocks implements AutoCloseable {
  private static final int SIDE = 16;
  private static final int BYTES = 2;
  private static final int EXAMPLES_PER_BLOCK = 128;
  private static final int ROWS_PER_BLOCK = 256;
  private static final int SHARED_BYTES = 98_304;

  private final KernelDevice device;
  private final Topology topology;
  private final int batch;
  private final ProductArguments lengths;
  private final KernelSource source;
  private final KernelArguments arguments = new KernelArguments();
  private final DeviceBuffer starts;
  private final DeviceBuffer indices;
  private final DeviceBuffer values;
  private final DeviceBuffer packed;
  private final DeviceBuffer x;
  private final DeviceBuffer bias;
  private final DeviceBuffer y;

  /**
   * @throws io.coppice.framework.recipe.RecipeException when the layout is another
   */
  Bf16Blocks(KernelDevice device, Topology topology, int batch) {
    Layout layout = topology.layout();
    Require.that(
        layout.blockRows() % SIDE == 0 && layout.blockColumns() % SIDE == 0,
        "layout",
        layout,
        "blocks whose sides are multiples of " + SIDE);
    this.device = device;
    this.topology = topology;
    this.batch = Require.atLeast("batch", batch, 1);
    lengths = ProductArguments.of(topology).on(device.device());
    source =
        KernelSource.of("blocks", "HEIGHT=" + layout.blockRows(), "WIDTH=" + layout.blockColumns());
    starts = DeviceBuffer.of(device, topology.starts());
    indices = DeviceBuffer.of(device, topology.indices());
    values = numbers(topology.values());
    packed = numbers(topology.values());
    x = numbers((long) batch * topology.columns());
    bias = numbers(topology.rows());
    y = numbers((long) batch * topology.rows());
  }

  private DeviceBuffer numbers(long count) {
    return new DeviceBuffer(device, count * BYTES);
  }

  /**
   * Rounds what is multiplied from now on.
   *
   * @param weights in the topology's order
   * @param inputs [batch, columns]
   * @param offsets the bias [rows]
   * @param outputs [batch, rows], only checked
   */
  public void set(Floats weights, Floats inputs, Floats offsets, Floats outputs) {
    lengths.require(new Forward(weights, inputs, batch, offsets, false, outputs));
    device.inContext(
        () -> {
          round(weights, values);
          round(inputs, x);
          round(offsets, bias);
          if (topology.entries() > 0) {
            arguments
                .begin()
                .address(values.address())
                .address(packed.address())
                .integers(topology.entries());
            launch(source, "coppice_pack_blocks", Grid.covering(topology.values()), 0);
          }
        });
  }

  private void round(Floats from, DeviceBuffer to) {
    if (from.count() > 0) {
      int count = Math.toIntExact(from.count());
      arguments.begin().address(from.address()).address(to.address()).integers(count);
      launch(Kernels.TRANSPOSE, "coppice_to_bf16", Grid.covering(count), 0);
    }
  }

  /** Multiplies. */
  public void forward(boolean relu) {
    arguments
        .begin()
        .address(packed.address())
        .address(starts.address())
        .address(indices.address())
        .address(x.address())
        .address(bias.address())
        .integers(relu ? 1 : 0)
        .address(y.address())
        .integers(batch, topology.rows(), topology.columns());
    Grid grid =
        new Grid(
            Grid.ceil(batch, EXAMPLES_PER_BLOCK), Grid.ceil(topology.rows(), ROWS_PER_BLOCK), 1);
    device.inContext(() -> launch(source, "coppice_spmm_blocks", grid, SHARED_BYTES));
  }

  /** Writes the outputs [batch, rows] as floats. */
  public void get(Floats outputs) {
    int count = Math.multiplyExact(batch, topology.rows());
    if (outputs.count() != count) {
      throw new IllegalArgumentException(
          "outputs has " + outputs.count() + " floats; allowed: " + count);
    }
    arguments.begin().address(y.address()).address(outputs.address()).integers(count);
    device.inContext(() -> launch(Kernels.TRANSPOSE, "coppice_to_float", Grid.covering(count), 0));
  }

  private void launch(KernelSource kernels, String kernel, Grid grid, int sharedBytes) {
    device.launch(device.kernel(kernels, kernel), grid, sharedBytes, arguments);
  }

  @Override
  public void close() {
    starts.close();
    indices.close();
    values.close();
    packed.close();
    x.close();
    bias.close();
    y.close();
  }
}
