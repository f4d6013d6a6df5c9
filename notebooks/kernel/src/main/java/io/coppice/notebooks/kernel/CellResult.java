package io.coppice.notebooks.kernel;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.Optional;

/** How a cell ended: with a value to show, with nothing, or with a failure. */
public record CellResult(Optional<DisplayData> value, Optional<CellFailure> failure) {
  static CellResult of(DisplayData value) {
    return new CellResult(Optional.ofNullable(value), Optional.empty());
  }

  static CellResult of(CellFailure failure) {
    return new CellResult(Optional.empty(), Optional.of(failure));
  }
}
