package io.coppice.dsl;

import io.coppice.framework.method.Dense;
import io.coppice.framework.method.Method;
import io.coppice.framework.network.Initialization;
import io.coppice.framework.network.Model;
import io.coppice.framework.network.models.Mlp;
import java.util.Arrays;

/** The words of a study. */
public final class Coppice {
  private Coppice() {}

  /** The network as it is. */
  @Entry(kind = Entry.Kind.METHOD, summary = "The network as it is: the baseline of every table.")
  public static Method dense() {
    return new Dense();
  }

  /** A multi-layer perceptron with these hidden layers. */
  @Entry(kind = Entry.Kind.MODEL, summary = "A multi-layer perceptron with the hidden sizes given.")
  public static Model mlp(Integer... hidden) {
    return new Mlp("mlp", Arrays.asList(hidden), true, 0, Initialization.KAIMING_NORMAL);
  }
}
