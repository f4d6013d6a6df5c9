package io.coppice.engines.sparse;

import io.coppice.framework.blocks.SparseBlock;
import io.coppice.framework.ops.JavaOps;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Layout.Blocks;
import io.coppice.framework.ops.Layout.Csr;
import io.coppice.framework.ops.Layout.NOfM;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** A layer on one home of the operations; equal cases have equal weights. */
record LayerCase(SparseOps ops, Layout layout, LayerKind kind, boolean bias, boolean relu) {
  private static final double DENSITY = 0.3;

  /** Plain Java and every instruction set there is. */
  static Stream<SparseOps> homes() {
    return Stream.concat(
        Stream.of(new JavaOps()), CpuOpsProvider.instructionSets().stream().map(CpuOps::new));
  }

  /** Every kind of layer in these layouts at every home, with and without bias and ReLU. */
  static Stream<LayerCase> in(List<Layout> layouts) {
    return homes().flatMap(ops -> layouts.stream().flatMap(layout -> of(ops, layout)));
  }

  /** The same in every layout. */
  static Stream<LayerCase> all() {
    return in(
        List.of(
            new Csr(),
            new Blocks(4, 1),
            new Blocks(8, 1),
            new Blocks(16, 1),
            new NOfM(2, 4),
            new Blocks(5, 4)));
  }

  private static Stream<LayerCase> of(SparseOps ops, Layout layout) {
    return Stream.of(LayerKind.values())
        .flatMap(
            kind ->
                Stream.of(
                    new LayerCase(ops, layout, kind, true, true),
                    new LayerCase(ops, layout, kind, true, false),
                    new LayerCase(ops, layout, kind, false, true),
                    new LayerCase(ops, layout, kind, false, false)));
  }

  /** The same layer without its ReLU. */
  LayerCase linear() {
    return new LayerCase(ops, layout, kind, bias, false);
  }

  SparseBlock layer() {
    Random random = new Random(5);
    Topology topology = RandomTopology.of(layout, kind.rows(), kind.columns(), DENSITY, random);
    float[] dense = Memory.normal(kind.rows() * kind.columns(), random).toArray();
    var builder = kind.builder(topology).ops(ops).relu(relu).values(topology.gather(dense));
    return bias
        ? builder.bias(Memory.normal(kind.rows(), random).toArray()).build()
        : builder.bias(false).build();
  }

  @Override
  public String toString() {
    return String.join(
        ", ",
        ops.name(),
        layout.toString(),
        kind.toString(),
        bias ? "bias" : "no bias",
        relu ? "ReLU" : "linear");
  }
}
