package io.coppice.cli.bench;

import io.coppice.framework.execution.Pass;
import io.coppice.framework.execution.PassTimer;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;

/** Times how a linear layer's index goes back and forth between two topologies. */
record MoveTrial(SparseOps ops, PassTimer timer) {

  /** A row per layout; none where the operations ready a new product instead. */
  List<MoveRow> rows(MoveCase what) {
    List<MoveRow> rows = new ArrayList<>();
    for (Layout layout : what.layouts()) {
      List<Topology> ends =
          LongStream.of(1, 2)
              .mapToObj(
                  seed -> RandomTopology.of(layout, what.out(), what.in(), what.sparsity(), seed))
              .toList();
      try (SparseLayer layer = SparseLayer.linear(ops, ends.get(0), what.batch())) {
        if (layer.move(ends.get(1))) {
          rows.add(row(what, layout, layer, ends));
        }
      }
    }
    return rows;
  }

  private MoveRow row(MoveCase what, Layout layout, SparseLayer layer, List<Topology> ends) {
    Pass move = new Timed(() -> layer.move(ends.get(layer.topology().equals(ends.get(0)) ? 1 : 0)));
    Pass backward = layer.inputGradient();
    Pass both =
        new Timed(
            () -> {
              move.run();
              backward.run();
            });
    // the transposed index is made by the first backward pass after a move, and by no other
    double[] times = timer.microseconds(List.of(move, backward, both));
    return new MoveRow(
        Wording.key(layout),
        what.out(),
        what.in(),
        what.sparsity(),
        ends.get(0).entries(),
        times[0],
        times[2] - times[1]);
  }
}
