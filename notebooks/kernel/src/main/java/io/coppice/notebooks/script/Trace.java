package io.coppice.notebooks.script;

import java.util.List;
import java.util.Optional;

/**
 * What a script threw, with the places in scripts named.
 *
 * @param type the name of the exception's class
 * @param message its message, or null
 * @param frames from where it was thrown down to the script
 * @param cause what it was caused by
 */
public record Trace(String type, String message, List<Frame> frames, Optional<Trace> cause) {

  /** A place in the code: in Java's classes, or in a script. */
  public sealed interface Frame {}

  /** A place in a compiled class. */
  public record InClass(StackTraceElement element) implements Frame {}

  /**
   * A place in a script.
   *
   * @param method the method that was called, empty outside methods
   * @param line from 1
   */
  public record InScript(Script script, int line, String method) implements Frame {}

  /** The innermost place that is in a script. */
  public Optional<InScript> place() {
    return frames.stream().filter(InScript.class::isInstance).map(InScript.class::cast).findFirst();
  }
}
