package io.coppice.framework.ops;

import ai.djl.Device;
import java.util.Optional;

/** Serves while a system property names its home. */
public final class PropertyProvider implements SparseOpsProvider {
  static final String PROPERTY = "coppice.test.ops";

  @Override
  public Optional<SparseOps> open(Device device) {
    return Optional.ofNullable(System.getProperty(PROPERTY)).map(Home::new);
  }

  @Override
  public String availability() {
    return "serves where " + PROPERTY + " is set";
  }

  private record Home(String name) implements SparseOps {
    @Override
    public Product product(Topology topology) {
      return new JavaOps().product(topology);
    }
  }
}
