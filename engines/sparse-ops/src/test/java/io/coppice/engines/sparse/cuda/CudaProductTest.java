package io.coppice.engines.sparse.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coppice.engines.sparse.ProductTrial;
import io.coppice.engines.sparse.RandomTopology;
import io.coppice.framework.ops.Backward;
import io.coppice.framework.ops.FloatMemory;
import io.coppice.framework.ops.Floats;
import io.coppice.framework.ops.Forward;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Layout.Blocks;
import io.coppice.framework.ops.Layout.Csr;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What a GPU's product launches, run by {@link EmulatedDevice}. */
class CudaProductTest extends ProductContract {

  /** With so many multiprocessors that a warp takes one row; each other number is a compilation. */
  @Override
  CudaOps open() {
    return new CudaOps(new EmulatedDevice(132, true), "emulated");
  }

  @Test
  void takesMoreRowsPerWarpOnASmallerGpu() {
    CudaOps small = new CudaOps(new EmulatedDevice(1, true), "emulated");
    Random random = new Random(7);
    for (Layout layout : List.of(new Csr(), new Blocks(4, 1))) {
      for (int batch : new int[] {17, 130}) {
        Topology topology = RandomTopology.of(layout, 70, 67, 0.2, random);
        new ProductTrial(topology, batch, true, true, random).run(small).assertRight();
      }
    }
  }

  @Test
  void usesTheUsualTilesWhereNothingCanBeCompiled() {
    CudaOps usual = new CudaOps(new EmulatedDevice(1, false), "emulated");
    Random random = new Random(11);
    for (Layout layout : new Layout[] {new Csr(), new Blocks(4, 1)}) {
      for (int batch : new int[] {4, 17, 130}) {
        Topology topology = RandomTopology.of(layout, 40, 67, 0.2, random);
        new ProductTrial(topology, batch, true, true, random).run(usual).assertRight();
      }
    }
  }

  @Test
  void freesWhatItHeldOnce() {
    EmulatedDevice device = new EmulatedDevice(1, true);
    CudaOps ops = new CudaOps(device, "emulated");
    FloatMemory memory = ops.memory();
    Topology topology = RandomTopology.of(new Csr(), 9, 11, 0.5, new Random(1));
    int before = device.allocated();
    SparseOps.Product product = ops.product(topology);
    try (product) {
      Floats x = memory.allocate(99);
      Floats values = memory.allocate(topology.values());
      Floats y = memory.allocate(81);
      product.forward(new Forward(values, x, 9, Floats.NONE, false, y));
      Floats dx = memory.allocate(99);
      Floats dvalues = memory.allocate(topology.values());
      product.backward(new Backward(values, x, Floats.NONE, y, 9, dx, dvalues, Floats.NONE));
      for (Floats floats : List.of(x, values, y, dx, dvalues)) {
        ((DeviceBuffer) floats.owner()).close();
      }
    }
    product.close();
    assertEquals(before, device.allocated());
    Floats values = memory.allocate(topology.values());
    Floats x = memory.allocate(11);
    Floats y = memory.allocate(9);
    assertThrows(
        IllegalStateException.class,
        () -> product.forward(new Forward(values, x, 1, Floats.NONE, false, y)));
  }
}
