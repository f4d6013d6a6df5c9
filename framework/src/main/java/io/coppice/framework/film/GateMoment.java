package io.coppice.framework.film;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many gates were open in one step.
 *
 * @param step from 0, the first that was made with gates; the method's own steps and the task's
 *     count alike
 * @param open by the layers' names
 */
public record GateMoment(long step, Map<String, Long> open) {

  public GateMoment {
    open = Collections.unmodifiableMap(new LinkedHashMap<>(open));
  }
}
