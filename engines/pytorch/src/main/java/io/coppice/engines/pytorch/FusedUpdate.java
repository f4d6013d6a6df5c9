package io.coppice.engines.pytorch;

import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import io.coppice.framework.optimize.Adam;
import io.coppice.framework.optimize.EngineSupport.JointUpdate;
import io.coppice.framework.optimize.Optimizer;
import io.coppice.framework.optimize.Sgd;
import io.coppice.framework.optimize.Slot;
import java.util.ArrayList;
import java.util.List;

/** An update rule as libtorch's fused kernel: one pass over weight, gradient and memories. */
final class FusedUpdate implements JointUpdate {
  private static final String METHODS =
      """
        def sgd(self: __torch__.Fused,
          p: List[Tensor],
          g: List[Tensor],
          v: List[Tensor],
          lr: float,
          momentum: float,
          decay: float,
          nesterov: bool) -> int:
          _0 = torch._fused_sgd_(p, g, v, weight_decay=decay, momentum=momentum, lr=lr, dampening=0., nesterov=nesterov, maximize=False, is_first_step=False)
          for i in range(torch.len(g)):
            _1 = torch.zero_(g[i])
          return 0
        def adam(self: __torch__.Fused,
          p: List[Tensor],
          g: List[Tensor],
          m: List[Tensor],
          s: List[Tensor],
          count: Tensor,
          lr: float,
          beta1: float,
          beta2: float,
          epsilon: float,
          decay: float,
          decoupled: bool) -> int:
          _0 = torch.add_(count, 1)
          _1 = annotate(List[Tensor], [])
          for i in range(torch.len(p)):
            _2 = torch.append(_1, count)
          _3 = annotate(List[Tensor], [])
          if decoupled:
            _4 = torch._fused_adamw_(p, g, m, s, _3, _1, lr=lr, beta1=beta1, beta2=beta2, weight_decay=decay, eps=epsilon, amsgrad=False, maximize=False)
          else:
            _5 = torch._fused_adam_(p, g, m, s, _3, _1, lr=lr, beta1=beta1, beta2=beta2, weight_decay=decay, eps=epsilon, amsgrad=False, maximize=False)
          for j in range(torch.len(g)):
            _6 = torch.zero_(g[j])
          return 0
      """;

  private final PtNDManager manager;
  private final PtSymbolBlock module;
  private final Optimizer rule;
  private final List<Slot> slots;
  private final List<IValue> lists = new ArrayList<>();
  private final PtNDArray counter;

  FusedUpdate(Optimizer rule, List<Slot> slots) {
    this.rule = rule;
    this.slots = slots;
    manager = (PtNDManager) slots.get(0).parameter().getManager().newSubManager();
    module = TorchScript.compile("Fused", METHODS, manager);
    counter = (PtNDArray) manager.create(0f);
    lists.add(listOf(slots.stream().map(Slot::parameter).toList()));
    lists.add(listOf(slots.stream().map(Slot::gradient).toList()));
    int kept = rule instanceof Sgd ? 1 : rule.memories();
    for (int i = 0; i < kept; i++) {
      int index = i;
      lists.add(
          listOf(
              slots.stream()
                  .map(Slot::memories)
                  .filter(list -> index < list.size())
                  .map(list -> list.get(index))
                  .toList()));
    }
  }

  private static IValue listOf(List<NDArray> arrays) {
    return IValue.listFrom(arrays.toArray(PtNDArray[]::new));
  }

  @Override
  public void step(double learningRate, long count) {
    slots.forEach(Slot::maskGradient);
    if (rule instanceof Sgd sgd) {
      run(
          "sgd",
          List.of(
              IValue.from(learningRate),
              IValue.from(sgd.momentum()),
              IValue.from(sgd.weightDecay()),
              IValue.from(sgd.nesterov())));
    } else if (rule instanceof Adam adam) {
      counter.set(new float[] {count - 1});
      run(
          "adam",
          List.of(
              IValue.from(counter),
              IValue.from(learningRate),
              IValue.from(adam.beta1()),
              IValue.from(adam.beta2()),
              IValue.from(adam.epsilon()),
              IValue.from(adam.weightDecay()),
              IValue.from(adam.decoupled())));
    }
  }

  private void run(String method, List<IValue> settings) {
    List<IValue> arguments = new ArrayList<>(lists);
    arguments.addAll(settings);
    IValueUtils.runMethod(module, method, arguments.toArray(IValue[]::new)).close();
    settings.forEach(IValue::close);
  }

  @Override
  public void close() {
    lists.forEach(IValue::close);
    module.close();
    manager.close();
  }
}
