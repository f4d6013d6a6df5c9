package io.coppice.framework.execution;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * In which form a layer runs, and how the candidates did.
 *
 * @param sparsity the fraction of weights that are 0
 * @param batch the examples of a timed pass
 * @param trials the forms that fit the weights, dense first
 * @param remembered whether the times are of an earlier layer of the same kind
 */
public record LayerPlan(
    String layer,
    int rows,
    int columns,
    double sparsity,
    int batch,
    List<Trial> trials,
    boolean remembered) {

  /**
   * @param bytes of values and index
   */
  public record Trial(Form form, double microseconds, long bytes) {}

  public LayerPlan {
    trials = List.copyOf(trials);
  }

  /** The fastest; the earlier among equals, so that dense stays where sparse wins nothing. */
  public Trial chosen() {
    return trials.stream().min(Comparator.comparingDouble(Trial::microseconds)).orElseThrow();
  }

  /** The trial of the form of this name, if it fits the weights. */
  public Optional<Trial> trial(String form) {
    return trials.stream().filter(trial -> trial.form().toString().equals(form)).findFirst();
  }

  /** How often faster than dense. */
  public double speedUp() {
    return trials.get(0).microseconds() / chosen().microseconds();
  }
}
