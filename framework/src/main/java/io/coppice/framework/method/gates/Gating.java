package io.coppice.framework.method.gates;

/** What one gate opens and closes. */
public enum Gating {
  /** One gate per weight. */
  CONNECTIONS,
  /** One gate per input neuron: a column of W [out, in], or an input channel of a convolution. */
  NEURONS
}
