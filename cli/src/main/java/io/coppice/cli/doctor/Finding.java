package io.coppice.cli.doctor;

import io.coppice.notebooks.script.Reason;
import java.util.function.Supplier;

/**
 * What is the matter with one thing that Coppice uses, keyed as the JSON output is.
 *
 * @param ok whether it serves as it should
 * @param finding one line: what there is, or what is missing and how to get it
 */
public record Finding(String thing, boolean ok, String finding) {

  static Finding good(String thing, String finding) {
    return new Finding(thing, true, finding);
  }

  static Finding bad(String thing, String finding) {
    return new Finding(thing, false, finding);
  }

  /** What a check finds; its failure is a finding, too. */
  static Finding of(String thing, Supplier<Finding> check) {
    try {
      return check.get();
    } catch (RuntimeException | LinkageError e) {
      return bad(thing, Reason.of(e).lines().findFirst().orElse("unknown"));
    }
  }
}
