package io.coppice.cli.bench;

import io.coppice.framework.ops.Layout;
import io.coppice.framework.recipe.Require;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The training step of a fully connected network.
 *
 * @param widths from the inputs to the classes
 */
record StepCase(List<Integer> widths, int batch, double sparsity, int threads, List<Layout> layouts)
    implements OpsCase {

  StepCase {
    widths = List.copyOf(widths);
    Require.atLeast("layers", widths.size() - 1, 1);
    layouts = List.copyOf(layouts);
  }

  /** The widths, such as {@code 784-300-100-10}. */
  @Override
  public String subject() {
    return widths.stream().map(String::valueOf).collect(Collectors.joining("-"));
  }

  int inputs() {
    return widths.get(0);
  }

  int classes() {
    return widths.get(widths.size() - 1);
  }

  List<Integer> hidden() {
    return widths.subList(1, widths.size() - 1);
  }

  /** The number, from 0, of the layer with the most weights; the first among equals. */
  private int largest() {
    int largest = 0;
    for (int layer = 1; layer < widths.size() - 1; layer++) {
      largest = weights(layer) > weights(largest) ? layer : largest;
    }
    return largest;
  }

  private long weights(int layer) {
    return (long) widths.get(layer) * widths.get(layer + 1);
  }

  @Override
  public int out() {
    return widths.get(largest() + 1);
  }

  @Override
  public int in() {
    return widths.get(largest());
  }
}
