package io.coppice.notebooks.kernel;

import java.util.List;
import java.util.Optional;

/**
 * What a cell's error looks like.
 *
 * @param name the kind of error, such as an exception's simple name
 * @param message why, in a line
 * @param lines what is shown, with the colours of a terminal
 * @param stack where in the code, for a fold below the lines
 */
public record CellFailure(String name, String message, List<String> lines, Optional<String> stack) {

  public CellFailure {
    message = DisplayLimit.cut(message);
    lines = lines.stream().map(DisplayLimit::cut).toList();
    stack = stack.map(DisplayLimit::cut);
  }
}
