package io.coppice.engines.sparse.cuda;

import static io.coppice.framework.ops.Precision.BFLOAT16;

import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Layout.NOfM;
import io.coppice.framework.ops.Topology;

/**
 * A product in bf16 of a matrix with at most 2 values in every 4 columns: forward on sparse tensor
 * cores, backward by tiles, as its transpose has no such groups.
 */
final class TwoOfFour implements DeviceProduct {
  private static final int KEPT = 2;
  private static final int GROUP = 4;
  private static final int PIECE_ROWS = 16;
  private static final int PIECE_COLUMNS = 32;
  private static final int PIECE_VALUES = 128;
  private static final int PIECE_PLACES = 16;

  private final KernelDevice device;
  private final Topology topology;
  private final KernelArguments arguments = new KernelArguments();
  private final DeviceBuffer starts;
  private final DeviceBuffer indices;
  private final DeviceBuffer packed;
  private final DeviceBuffer places;
  private final int threads;
  private TiledProduct back;

  TwoOfFour(KernelDevice device, Topology topology) {
    this.device = device;
    this.topology = topology;
    int down = Grid.ceil(topology.rows(), PIECE_ROWS);
    int across = Grid.ceil(topology.columns(), PIECE_COLUMNS);
    int values =
        KernelInteger.product("rows / 16 · columns / 32 · 128", down, across, PIECE_VALUES);
    threads = values / PIECE_VALUES * PIECE_PLACES;
    starts = DeviceBuffer.of(device, topology.starts());
    indices = DeviceBuffer.of(device, topology.indices());
    packed = new DeviceBuffer(device, (long) values * Integer.BYTES);
    places = new DeviceBuffer(device, (long) threads * Integer.BYTES);
  }

  /** Whether the layout leaves at most 2 values in every 4 columns from a multiple of 4 on. */
  static boolean serves(Layout layout) {
    return layout instanceof NOfM groups
        && (groups.m() % GROUP == 0 && groups.n() <= KEPT || groups.equals(new NOfM(1, 2)));
  }

  @Override
  public void forward(ForwardAddresses call) {
    arguments
        .begin()
        .address(call.values())
        .address(starts.address())
        .address(indices.address())
        .address(packed.address())
        .address(places.address())
        .integers(topology.rows(), topology.columns());
    launch("coppice_pack_two_of_four", Grid.covering(threads), 0);
    arguments
        .begin()
        .address(packed.address())
        .address(places.address())
        .address(call.x())
        .address(call.bias())
        .integers(call.relu() ? 1 : 0)
        .address(call.y())
        .integers(call.batch(), topology.rows(), topology.columns());
    launch(
        "coppice_spmm_two_of_four",
        TensorCores.multiplying(call.batch(), topology.rows()),
        TensorCores.SHARED_BYTES);
  }

  private void launch(String kernel, Grid grid, int sharedBytes) {
    device.launch(device.kernel(Kernels.TWO_OF_FOUR, kernel), grid, sharedBytes, arguments);
  }

  @Override
  public void backward(BackwardAddresses call) {
    if (back == null) {
      back = new TiledProduct(device, topology, BFLOAT16);
    }
    back.backward(call);
  }

  @Override
  public void close() {
    starts.close();
    indices.close();
    packed.close();
    places.close();
    if (back != null) {
      back.close();
    }
  }
}
