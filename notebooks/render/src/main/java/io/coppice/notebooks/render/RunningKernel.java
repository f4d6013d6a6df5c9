package io.coppice.notebooks.render;

import java.lang.reflect.InvocationTargetException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The kernel of this process, found by name, as a library is compiled against none. */
final class RunningKernel {

  /** The class and the static method that tell of a kernel. */
  private record Home(String type, String method) {}

  private static final Home OWN =
      new Home("io.coppice.notebooks.kernel.CoppiceKernel", "getKernelInstance");

  private static final List<Home> OTHERS =
      List.of(
          new Home("io.github.spencerpark.ijava.IJava", "getKernelInstance"),
          new Home("org.dflib.jjava.jupyter.kernel.BaseKernel", "notebookKernel"));

  private RunningKernel() {}

  static Object find() {
    return Stream.concat(Stream.of(OWN), OTHERS.stream())
        .flatMap(home -> kernel(home).stream())
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "neither IJava's nor JJava's kernel runs in this process; register(kernel)"
                        + " takes another"));
  }

  /** IJava's or JJava's kernel. */
  static Optional<Object> other() {
    return OTHERS.stream().flatMap(home -> kernel(home).stream()).findFirst();
  }

  private static Optional<Object> kernel(Home home) {
    try {
      Class<?> type = Class.forName(home.type(), true, RunningKernel.class.getClassLoader());
      return Optional.ofNullable(type.getMethod(home.method()).invoke(null));
    } catch (ClassNotFoundException | InvocationTargetException e) {
      // another kernel's process
      return Optional.empty();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(home.type() + " is not the kernel it was: " + e, e);
    }
  }
}
