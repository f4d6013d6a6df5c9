package io.coppice.cli.doctor;

import java.util.Optional;
import java.util.stream.Stream;

/**
 * A Python that has torch, which the training benchmark compares with.
 *
 * @param python its command
 * @param version of torch
 */
public record PythonTorch(String python, String version) {
  /** How to get one, with products that are not the reference library's, which are slow. */
  public static final String REMEDY =
      "on Debian: apt-get install -y python3-torch libopenblas0-pthread";

  /** The first Python that can import torch; Debian's comes first. */
  public static Optional<PythonTorch> find() {
    return Stream.of("/usr/bin/python3", "python3")
        .flatMap(python -> of(python).stream())
        .findFirst();
  }

  private static Optional<PythonTorch> of(String python) {
    return Program.firstLine(python, "-c", "import torch; print(torch.__version__)")
        .map(version -> new PythonTorch(python, version));
  }
}
