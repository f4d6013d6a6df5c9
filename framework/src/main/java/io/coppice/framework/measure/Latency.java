package io.coppice.framework.measure;

import io.coppice.framework.network.Network;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Microseconds of one forward pass of one example, executed densely by the engine with its current
 * threads: {@code latency_us}, the median, and {@code latency_iqr_us}, the distance between the
 * quartiles, of {@link Passes}.
 */
public record Latency() implements Measurement {

  @Override
  public Row columns(Trained trained) {
    Network network = trained.network();
    Passes passes = Passes.of(network, example -> network.forward(example, false));
    Map<String, Double> columns = new LinkedHashMap<>();
    columns.put("latency_us", passes.median());
    columns.put("latency_iqr_us", passes.interquartileRange());
    return Row.of(columns);
  }
}
