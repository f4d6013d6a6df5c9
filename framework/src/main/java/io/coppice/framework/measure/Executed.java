package io.coppice.framework.measure;

import io.coppice.framework.autograd.Autograd;
import io.coppice.framework.execution.ExecutedNetwork;
import io.coppice.framework.execution.Execution;
import io.coppice.framework.execution.LayerPlan;
import io.coppice.framework.network.Layer;
import io.coppice.framework.ops.SparseOps;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The network with each layer in the form that {@link Execution#brief} finds fastest for one
 * example: {@code latency_executed_us}, the median of {@link Passes}, to be read beside {@link
 * Latency}; {@code bytes_executed}, the prunable weights in those forms, beside {@link BytesDense};
 * and {@code execution}, which names the operations, the batch, the threads and each layer's form.
 * A network without a zero, or on an engine without sparse layers, is executed densely. Where the
 * outputs do not agree, the numbers are NaN and {@code execution} says so.
 */
public record Executed() implements Measurement {
  private static final String DENSE = "dense";

  @Override
  public Row columns(Trained trained) {
    boolean full = trained.liveness().nonzero() == new Parameters().of(trained);
    if (full || !Autograd.find().appliesOperations()) {
      return row(
          new Latency().columns(trained).numbers().get("latency_us"),
          new BytesDense().of(trained),
          DENSE);
    }
    Execution execution = Execution.brief().batch(1);
    try (ExecutedNetwork executed = trained.network().execute(execution)) {
      Map<String, LayerPlan> plans =
          executed.plan().layers().stream()
              .collect(Collectors.toMap(LayerPlan::layer, Function.identity()));
      return row(
          Passes.of(trained.network(), executed::forward).median(),
          bytes(trained, plans),
          words(trained, execution.batch(), executed.ops(), plans));
    } catch (IllegalStateException e) {
      // a run that is trained to its end is not lost for a form that does not agree with it
      return row(Double.NaN, Double.NaN, e.getMessage());
    }
  }

  private static Row row(double microseconds, double bytes, String words) {
    Map<String, Double> numbers = new LinkedHashMap<>();
    numbers.put("latency_executed_us", microseconds);
    numbers.put("bytes_executed", bytes);
    return new Row(numbers, Map.of("execution", words));
  }

  private static long bytes(Trained trained, Map<String, LayerPlan> plans) {
    long bytes = 0;
    for (Layer layer : trained.network().layers()) {
      LayerPlan plan = plans.get(layer.name());
      bytes += plan == null ? Float.BYTES * layer.size() : plan.chosen().bytes();
    }
    return bytes;
  }

  private static String words(
      Trained trained, int batch, SparseOps ops, Map<String, LayerPlan> plans) {
    int threads = ops.threads();
    return ops.name()
        + ", batch "
        + batch
        + (threads == 1 ? ", 1 thread: " : ", " + threads + " threads: ")
        + trained.network().layers().stream()
            .map(layer -> layer.name() + " " + form(plans.get(layer.name())))
            .collect(Collectors.joining(", "));
  }

  private static String form(LayerPlan plan) {
    return plan == null ? DENSE : plan.chosen().form().toString();
  }
}
