package io.coppice.framework.optimize;

import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** What a tensor engine offers beyond DJL's portable API; found by {@link ServiceLoader}. */
public interface EngineSupport {

  /** Starts the engine with Coppice's settings and readies the calling thread for training. */
  default void start() {}

  /** What the started engine leaves out on this machine, and why; empty where all of it serves. */
  default Optional<String> omission() {
    return Optional.empty();
  }

  /**
   * A faster way to move all parameters at once, bound to these arrays for as long as it is open.
   */
  default Optional<JointUpdate> jointUpdate(Optimizer rule, List<Slot> slots) {
    return Optional.empty();
  }

  /** One step of an update rule over all its parameters; gradients are 0 afterwards. */
  interface JointUpdate extends AutoCloseable {

    /**
     * Moves every parameter, but nothing under its slot's mask.
     *
     * @param count the number of this step, from 1
     */
    void step(double learningRate, long count);

    @Override
    default void close() {}
  }

  /** The support on the class path, or the portable one. */
  static EngineSupport find() {
    return ServiceLoader.load(EngineSupport.class, EngineSupport.class.getClassLoader())
        .findFirst()
        .orElse(new EngineSupport() {});
  }
}
