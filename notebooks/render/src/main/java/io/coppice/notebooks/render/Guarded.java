package io.coppice.notebooks.render;

import java.util.function.Supplier;

/** Keeps a failure to show something, errors included, from ending the kernel's thread. */
final class Guarded {
  private Guarded() {}

  /** The text, or one line on why there is none. */
  static String text(Supplier<String> text) {
    try {
      return String.valueOf(text.get());
    } catch (Throwable e) {
      return "(cannot be shown: " + named(e) + ")";
    }
  }

  private static String named(Throwable e) {
    try {
      return e.toString();
    } catch (Throwable again) {
      return e.getClass().getName();
    }
  }
}
