package io.coppice.engines.sparse.cuda;

import io.coppice.framework.optimize.Adam;
import io.coppice.framework.optimize.Sgd;
import io.coppice.framework.optimize.StepArguments;
import java.lang.ref.Reference;

/**
 * Steps of update rules in one pass over a GPU's memory; they launch and do not wait. Not for two
 * threads at once.
 */
public final class CudaSteps {
  private final KernelDevice device;
  private final KernelArguments arguments = new KernelArguments();

  CudaSteps(KernelDevice device) {
    this.device = device;
  }

  /**
   * Moves parameters by stochastic gradient descent or Adam; the gradients are 0 afterwards. Where
   * the mask is 0, parameters and memories become 0.
   *
   * @throws IllegalArgumentException naming the argument that is not in this GPU's memory, or when
   *     there are 2^31 parameters or more
   */
  public void step(StepArguments call) {
    call.requireOn(device.device());
    int count = KernelInteger.of("number of parameters", call.count());
    if (count == 0) {
      return;
    }
    arguments.begin().address(call.parameters().address()).address(call.gradients().address());
    call.memories().forEach(memory -> arguments.address(memory.address()));
    String kernel =
        call.rule() instanceof Sgd sgd
            ? descend(sgd, call, count)
            : adapt((Adam) call.rule(), call, count);
    device.inContext(
        () ->
            device.launch(
                device.kernel(Kernels.OPTIMIZER, kernel), Grid.covering(count), arguments));
    // none of the memory may be freed before all is launched
    Reference.reachabilityFence(call);
  }

  private String descend(Sgd rule, StepArguments call, int count) {
    if (call.memories().isEmpty()) {
      arguments.address(0);
    }
    arguments
        .address(call.mask().address())
        .integers(count)
        .floats((float) call.learningRate(), (float) rule.momentum())
        .integers(rule.nesterov() ? 1 : 0)
        .floats((float) rule.weightDecay());
    return "coppice_sgd";
  }

  private String adapt(Adam rule, StepArguments call, int count) {
    double rate = call.learningRate();
    arguments
        .address(call.mask().address())
        .integers(count)
        .floats((float) rule.beta1(), (float) rule.beta2(), (float) rule.epsilon())
        .floats(
            (float) rule.meanScale(rate, call.step()),
            (float) rule.rootScale(call.step()),
            (float) rule.addedDecay(),
            (float) rule.kept(rate));
    return "coppice_adam";
  }
}
