package io.coppice.cli.bench;

import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Precision;
import java.util.List;

/** What is timed in some layouts against dense, at one sparsity. */
sealed interface OpsCase permits LinearCase, ConvolutionCase, MoveCase, StepCase {

  /** The outputs, or channels, of the layer, or of a network's layer with the most weights. */
  int out();

  /** The inputs, or channels, of that layer. */
  int in();

  int batch();

  /** The fraction of weights that are absent. */
  double sparsity();

  int threads();

  List<Layout> layouts();

  /** The numbers that are multiplied, dense and sparse. */
  default Precision precision() {
    return Precision.FLOAT32;
  }

  /** A matrix such as {@code 304x784}, a network's widths or a convolution. */
  String subject();

  /** One line for who waits. */
  default String described() {
    return String.join(
        ", ",
        subject(),
        "batch " + batch(),
        Wording.percent(sparsity()),
        Wording.threads(threads()));
  }
}
