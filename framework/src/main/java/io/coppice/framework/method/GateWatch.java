package io.coppice.framework.method;

import java.util.Map;
import java.util.function.Supplier;

/** Someone who looks on while gates open and close. */
@FunctionalInterface
public interface GateWatch {

  /**
   * A step of the task's, or of the method's own, was made with these gates.
   *
   * @param open how many are open, by the layers' names; read at once or not at all
   */
  void step(Supplier<Map<String, Long>> open);
}
