package io.coppice.repro;

import java.util.Locale;

/** A study's name as a folder's name. */
final class Slug {
  private Slug() {}

  /** "LeNet-300-100 on MNIST" becomes "lenet-300-100-on-mnist". */
  static String of(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
  }
}
