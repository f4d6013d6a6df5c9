package io.coppice.engines.sparse.cuda;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * One of the texts of kernels with its definitions; {@code cuda/README.md} lists them.
 *
 * @param op its name
 * @param defines such as {@code HEIGHT=4}
 */
record KernelSource(String op, List<String> defines) {

  KernelSource {
    defines = List.copyOf(defines);
  }

  static KernelSource of(String op, String... defines) {
    return new KernelSource(op, List.of(defines));
  }

  /** The file's name, as compilers print it. */
  String name() {
    return op + ".cu";
  }

  /** What a compiler is told, the chip apart. */
  List<String> options() {
    List<String> options = new ArrayList<>(List.of("--std=c++17"));
    defines.forEach(define -> options.add("-D" + define));
    return options;
  }

  /** The text, from the class path. */
  String text() {
    byte[] text =
        Resource.find(name())
            .orElseThrow(() -> new IllegalStateException(name() + " is not on the class path"));
    return new String(text, StandardCharsets.UTF_8);
  }
}
