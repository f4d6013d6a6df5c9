package io.coppice.notebooks.kernel;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Where a kernel's code writes, shows and asks: the cell that runs, or that ran last. */
final class CurrentOutput {
  private volatile CellOutput cell;

  /** A cell begins. */
  void begin(CellOutput next) {
    cell = next;
  }

  /** A stream, {@code stdout} or {@code stderr}. */
  OutputStream stream(String name, OutputStream beforeTheFirst) {
    return new OutputStream() {
      private OutputStream target() {
        CellOutput now = cell;
        return now == null ? beforeTheFirst : now.stream(name);
      }

      @Override
      public void write(int value) throws IOException {
        target().write(value);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        target().write(bytes, from, length);
      }

      @Override
      public void flush() throws IOException {
        target().flush();
      }
    };
  }

  /** What the user types, asked for line by line. */
  InputStream input(BooleanSupplier withdrawn) {
    return new CellInput(
        () -> {
          CellOutput now = cell;
          return now == null ? Optional.empty() : now.ask(withdrawn);
        });
  }

  void display(DisplayData data) {
    CellOutput now = cell;
    if (now != null) {
      now.display(data);
    }
  }

  void update(DisplayData data) {
    CellOutput now = cell;
    if (now != null) {
      now.update(data);
    }
  }

  /** A line of errors. */
  void complain(String line) {
    CellOutput now = cell;
    if (now != null) {
      now.write("stderr", line);
    }
  }
}
