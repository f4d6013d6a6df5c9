package io.coppice.framework.execution;

import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Layout.Blocks;
import io.coppice.framework.ops.Layout.Csr;
import io.coppice.framework.ops.Layout.NOfM;
import io.coppice.framework.ops.Precision;
import io.coppice.framework.ops.SparseOps;
import java.util.ArrayList;
import java.util.List;

/** How a layer's weights are kept and multiplied; its text names it in plans and verdicts. */
public sealed interface Form {

  /** The whole matrix, zeros included, by the engine. */
  record Dense() implements Form {
    @Override
    public String toString() {
      return "dense";
    }
  }

  /** The values of a layout, by the sparse operations. */
  record Sparse(Layout layout) implements Form {

    /**
     * Whether the layout can hold the weights: N:M only those that have it, a convolution's only as
     * the operations say.
     */
    boolean fits(LayerWeights weights, SparseOps ops) {
      if (weights.convolution().isPresent() && !ops.convolvesIn(layout)) {
        return false;
      }
      return !(layout instanceof NOfM nOfM)
          || nOfM.holds(weights.rows(), weights.columns(), weights.dense());
    }

    @Override
    public String toString() {
      return layout.toString();
    }
  }

  /** Dense, CSR, blocks of 4×1 and 16×1, and 2:4. */
  static List<Form> all() {
    return List.of(
        new Dense(),
        new Sparse(new Csr()),
        new Sparse(new Blocks(4, 1)),
        new Sparse(new Blocks(16, 1)),
        new Sparse(new NOfM(2, 4)));
  }

  /** The same, and in bfloat16 the blocks of tensor cores too: 16×16 and 32×32. */
  static List<Form> all(Precision precision) {
    List<Form> forms = new ArrayList<>(all());
    if (precision == Precision.BFLOAT16) {
      forms.add(new Sparse(new Blocks(16, 16)));
      forms.add(new Sparse(new Blocks(32, 32)));
    }
    return forms;
  }
}
