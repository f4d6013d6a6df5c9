package io.coppice.engines.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import io.coppice.framework.execution.Pass;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.recipe.Require;
import java.util.ArrayList;
import java.util.List;

/** Operators of libtorch that write into given tensors, which DJL does not bind. */
final class ScriptedPass implements Pass {
  private static final String METHODS =
      """
        def linear(self: __torch__.Products, y: Tensor, x: Tensor, b: Tensor, w: Tensor) -> int:
          _0 = torch.linear(x, w, b, out=y)
          return 0
        def transposed(self: __torch__.Products, yt: Tensor, x: Tensor, w: Tensor) -> int:
          _0 = torch.mm(w, torch.t(x), out=yt)
          return 0
        def backward(self: __torch__.Products,
          x: Tensor,
          w: Tensor,
          dy: Tensor,
          dx: Tensor,
          dw: Tensor,
          db: Tensor) -> int:
          _0 = torch.mm(dy, w, out=dx)
          _1 = torch.mm(torch.t(dy), x, out=dw)
          _2 = torch.sum(dy, [0], False, dtype=None, out=db)
          return 0
        def unfolded(self: __torch__.Products,
          x: Tensor,
          unfolded: Tensor,
          columns: Tensor,
          w: Tensor,
          b: Tensor,
          y: Tensor,
          height: int,
          width: int,
          stride: int,
          padding: int) -> int:
          _0 = [height, width]
          _1 = [padding, padding]
          _2 = ops.aten.im2col(x, _0, [1, 1], _1, [stride, stride], out=unfolded)
          _3 = torch.baddbmm(b, w, columns, out=y)
          return 0
        def compressed(self: __torch__.Products,
          starts: Tensor,
          columns: Tensor,
          values: Tensor,
          rows: int,
          width: int) -> Tensor:
          _0 = ops.prim.device(values)
          return torch.sparse_csr_tensor(starts, columns, values, [rows, width], device=_0)
      """;

  private final PtNDManager manager;
  private final PtSymbolBlock module;
  private final String method;
  private final List<IValue> arguments = new ArrayList<>();

  /** Readies one of the methods with its arguments in their order. */
  ScriptedPass(String method, NDArray... arguments) {
    this.method = method;
    manager = (PtNDManager) arguments[0].getManager().newSubManager();
    module = TorchScript.compile("Products", METHODS, manager);
    for (NDArray argument : arguments) {
      this.arguments.add(value(argument));
    }
  }

  /** Adds whole numbers. */
  ScriptedPass with(long... numbers) {
    for (long number : numbers) {
      arguments.add(IValue.from(number));
    }
    return this;
  }

  private static IValue value(NDArray array) {
    return IValue.from((PtNDArray) array);
  }

  /**
   * Adds a matrix as libtorch's own compressed rows, with the 32-bit indices of its fastest path.
   *
   * @throws io.coppice.framework.recipe.RecipeException when the topology is of another layout
   */
  ScriptedPass with(Topology matrix, float[] values) {
    Require.that(matrix.layout() instanceof Layout.Csr, "layout", matrix.layout(), "CSR");
    List<IValue> parts =
        List.of(
            value(manager.create(matrix.starts())),
            value(manager.create(matrix.indices())),
            value(manager.create(values)),
            IValue.from((long) matrix.rows()),
            IValue.from((long) matrix.columns()));
    arguments.add(IValueUtils.runMethod(module, "compressed", parts.toArray(IValue[]::new)));
    parts.forEach(IValue::close);
    return this;
  }

  @Override
  public void run() {
    IValueUtils.runMethod(module, method, arguments.toArray(IValue[]::new)).close();
  }

  @Override
  public void close() {
    arguments.forEach(IValue::close);
    module.close();
    manager.close();
  }
}
