package io.coppice.framework.method;

import io.coppice.framework.network.Network;

/** The network as it is: the baseline of every table. */
public record Dense() implements Method {

  @Override
  public String name() {
    return "dense";
  }

  @Override
  public Sparsifier bind(Network network, RunContext context) {
    return new Sparsifier() {};
  }
}
