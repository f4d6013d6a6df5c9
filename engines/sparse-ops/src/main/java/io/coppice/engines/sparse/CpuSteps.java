package io.coppice.engines.sparse;

import ai.djl.Device;
import io.coppice.framework.ops.Floats;
import io.coppice.framework.optimize.Adam;
import io.coppice.framework.optimize.FusedSteps;
import io.coppice.framework.optimize.Sgd;
import io.coppice.framework.optimize.StepArguments;
import java.lang.ref.Reference;
import java.util.List;

/** Steps of update rules in native code. */
final class CpuSteps implements FusedSteps {
  private final Isa isa;

  CpuSteps(Isa isa) {
    this.isa = isa;
  }

  @Override
  public void step(StepArguments arguments) {
    arguments.requireOn(Device.cpu());
    int status =
        arguments.rule() instanceof Sgd sgd
            ? descend(sgd, arguments)
            : adapt((Adam) arguments.rule(), arguments);
    // none of the memory may be freed while native code runs
    Reference.reachabilityFence(arguments);
    Status.require(status, arguments.rule());
  }

  private int descend(Sgd rule, StepArguments arguments) {
    List<Floats> kept = arguments.memories();
    return SparseLibrary.coppice_sgd(
        isa.number(),
        arguments.parameters().address(),
        arguments.gradients().address(),
        kept.isEmpty() ? 0 : kept.get(0).address(),
        arguments.mask().address(),
        arguments.count(),
        (float) arguments.learningRate(),
        (float) rule.momentum(),
        rule.nesterov() ? 1 : 0,
        (float) rule.weightDecay());
  }

  private int adapt(Adam rule, StepArguments arguments) {
    double rate = arguments.learningRate();
    return SparseLibrary.coppice_adam(
        isa.number(),
        arguments.parameters().address(),
        arguments.gradients().address(),
        arguments.memories().get(0).address(),
        arguments.memories().get(1).address(),
        arguments.mask().address(),
        arguments.count(),
        rule.beta1(),
        rule.beta2(),
        (float) rule.epsilon(),
        (float) rule.meanScale(rate, arguments.step()),
        (float) rule.rootScale(arguments.step()),
        (float) rule.addedDecay(),
        (float) rule.kept(rate));
  }
}
