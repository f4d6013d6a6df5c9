package io.coppice.cli.bench;

import io.coppice.framework.ops.Layout;
import java.util.List;

/** What is timed in some layouts against dense, at one sparsity. */
sealed interface OpsCase permits LinearCase, StepCase {

  /** The outputs of the layer, or of a network's layer with the most weights. */
  int out();

  /** The inputs of that layer. */
  int in();

  int batch();

  /** The fraction of weights that are absent. */
  double sparsity();

  int threads();

  List<Layout> layouts();

  /** Such as {@code 784-300-100-10}; null for a layer. */
  String network();

  /** One line for who waits. */
  default String described() {
    String what = network() == null ? Wording.shape(out(), in()) : "steps of " + network();
    return String.join(
        ", ", what, "batch " + batch(), Wording.percent(sparsity()), Wording.threads(threads()));
  }
}
