package io.coppice.framework.optimize;

import java.util.Optional;
import java.util.ServiceLoader;

/** Steps of update rules in one pass over the host's memory, on the calling thread's threads. */
public interface FusedSteps {

  /**
   * Moves parameters as {@link Optimizer#update} does; the gradients are 0 afterwards. Where the
   * mask is 0, parameters and memories become 0.
   *
   * @throws IllegalArgumentException naming the argument that is not in the host's memory
   */
  void step(StepArguments arguments);

  /** Opens the steps of one home; found by {@link ServiceLoader}. */
  @FunctionalInterface
  interface Provider {

    /** The steps, or empty where they cannot serve on this machine. */
    Optional<FusedSteps> open();
  }

  /** The steps of the first provider that can serve on this machine. */
  static Optional<FusedSteps> find() {
    return ServiceLoader.load(Provider.class, FusedSteps.class.getClassLoader()).stream()
        .map(provider -> provider.get().open())
        .flatMap(Optional::stream)
        .findFirst();
  }
}
