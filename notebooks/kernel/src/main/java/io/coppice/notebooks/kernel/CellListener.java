package io.coppice.notebooks.kernel;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Who sees and hears a cell while it runs: Jupyter, or a test. */
public interface CellListener {

  /** Text on a stream, {@code stdout} or {@code stderr}. */
  void stream(String name, String text);

  /** Something to show below what is already there. */
  void display(DisplayData data);

  /** Something to show in the place of the display that has the same identifier. */
  void update(DisplayData data);

  /**
   * A line that the user types, without its end; nothing where nobody can be asked or the question
   * is withdrawn.
   */
  default Optional<String> ask(String prompt, boolean password, BooleanSupplier withdrawn) {
    return Optional.empty();
  }
}
