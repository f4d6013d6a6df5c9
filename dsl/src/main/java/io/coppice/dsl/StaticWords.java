package io.coppice.dsl;

import io.coppice.framework.method.Method;

/** A sparse network whose topology stays: {@code staticSparse().keep(0.1)}. */
@FunctionalInterface
public interface StaticWords {

  /** The fraction of the weights that is there, shared out by Erdős–Rényi kernel. */
  Method keep(double fraction);
}
