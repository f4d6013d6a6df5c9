package io.coppice.notebooks.kernel;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.UUID;

/** The displays of cells, each under a name to update it by. */
final class Displays {
  private final CurrentOutput output;
  private final Rendering rendering;
  private volatile String last;

  Displays(CurrentOutput output, Rendering rendering) {
    this.output = output;
    this.rendering = rendering;
  }

  /** What {@link #show} would show. */
  DisplayData render(Object value, String... types) {
    if (value instanceof DisplayData data) {
      return data;
    }
    return types.length == 0 ? rendering.render(value) : rendering.renderAs(value, types);
  }

  /** Shows a value, as the given types or as it prefers; the display's name. */
  String show(Object value, String... types) {
    DisplayData data = render(value, types);
    if (!data.hasDisplayId()) {
      data.setDisplayId(UUID.randomUUID().toString());
    }
    output.display(data);
    last = data.getDisplayId();
    return last;
  }

  /** Shows a value in the place of an earlier display. */
  void update(String name, Object value, String... types) {
    DisplayData data = render(value, types);
    data.setDisplayId(name);
    output.update(data);
  }

  /** No display has been made yet, as a new cell begins. */
  void forgetLast() {
    last = null;
  }

  /** Whether a cell's value is what its last display gave back, and not worth showing. */
  boolean isNameOfLast(Object value) {
    return value == last;
  }
}
