package io.coppice.engines.sparse.cuda;

import static io.coppice.framework.ops.Precision.BFLOAT16;

import io.coppice.framework.ops.Topology;

/**
 * A product of float32 that another does in bf16: its arguments are rounded, its results widened.
 */
final class RoundedProduct implements DeviceProduct {
  private final KernelDevice device;
  private final Topology topology;
  private final DeviceProduct product;
  private final KernelArguments arguments = new KernelArguments();
  private final Workspace values;
  private final Workspace bias;
  private final Workspace x;
  private final Workspace y;
  private final Workspace dy;
  private final Workspace dx;
  private final Workspace dvalues;

  private RoundedProduct(KernelDevice device, Topology topology, DeviceProduct product) {
    this.device = device;
    this.topology = topology;
    this.product = product;
    values = new Workspace(device);
    bias = new Workspace(device);
    x = new Workspace(device);
    y = new Workspace(device);
    dy = new Workspace(device);
    dx = new Workspace(device);
    dvalues = new Workspace(device);
  }

  /** On tensor cores where the layout is one of theirs. */
  static RoundedProduct of(KernelDevice device, Topology topology) {
    return new RoundedProduct(device, topology, inBf16(device, topology));
  }

  private static DeviceProduct inBf16(KernelDevice device, Topology topology) {
    if (TensorBlocks.serves(topology.layout())) {
      return new TensorBlocks(device, topology);
    }
    return TwoOfFour.serves(topology.layout())
        ? new TwoOfFour(device, topology)
        : new TiledProduct(device, topology, BFLOAT16);
  }

  @Override
  public void forward(ForwardAddresses call) {
    int outputs = outputs(call.batch());
    long result = y.numbers(outputs, BFLOAT16);
    product.forward(
        new ForwardAddresses(
            rounded(call.values(), topology.values(), values),
            rounded(call.x(), inputs(call.batch()), x),
            call.batch(),
            rounded(call.bias(), topology.rows(), bias),
            call.relu(),
            result));
    widen(result, call.y(), outputs);
  }

  @Override
  public void backward(BackwardAddresses call) {
    int outputs = outputs(call.batch());
    int inputs = inputs(call.batch());
    BackwardAddresses inBf16 =
        new BackwardAddresses(
            rounded(call.dx() == 0 ? 0 : call.values(), topology.values(), values),
            rounded(call.dvalues() == 0 ? 0 : call.x(), inputs, x),
            rounded(call.y(), outputs, y),
            rounded(call.dy(), outputs, dy),
            call.batch(),
            call.dx() == 0 ? 0 : dx.numbers(inputs, BFLOAT16),
            call.dvalues() == 0 ? 0 : dvalues.numbers(topology.values(), BFLOAT16),
            call.dbias() == 0 ? 0 : bias.numbers(topology.rows(), BFLOAT16));
    product.backward(inBf16);
    widen(inBf16.dx(), call.dx(), inputs);
    widen(inBf16.dvalues(), call.dvalues(), topology.values());
    widen(inBf16.dbias(), call.dbias(), topology.rows());
  }

  private int inputs(int batch) {
    return KernelInteger.product("batch · columns", batch, topology.columns());
  }

  private int outputs(int batch) {
    return KernelInteger.product("batch · rows", batch, topology.rows());
  }

  /** A rounded copy, or 0 of what is absent. */
  private long rounded(long from, int count, Workspace to) {
    if (from == 0) {
      return 0;
    }
    long copy = to.numbers(count, BFLOAT16);
    convert("coppice_to_bf16", from, copy, count);
    return copy;
  }

  private void widen(long from, long to, int count) {
    if (to != 0) {
      convert("coppice_to_float", from, to, count);
    }
  }

  private void convert(String kernel, long from, long to, int count) {
    if (count > 0) {
      arguments.begin().address(from).address(to).integers(count);
      device.launch(
          device.kernel(Kernels.transpose(BFLOAT16), kernel), Grid.covering(count), arguments);
    }
  }

  @Override
  public void close() {
    product.close();
    for (Workspace workspace : new Workspace[] {values, bias, x, y, dy, dx, dvalues}) {
      workspace.close();
    }
  }
}
