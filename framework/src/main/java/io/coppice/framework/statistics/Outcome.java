package io.coppice.framework.statistics;

import java.util.Map;

/**
 * What one method's seeds came to; a seed is in one of the two maps.
 *
 * @param values the compared metric of the seeds that finished
 * @param collapses the reason of the seeds that did not
 */
public record Outcome(Map<Long, Double> values, Map<Long, String> collapses) {

  /** All seeds that were run. */
  public int seeds() {
    return values.size() + collapses.size();
  }
}
