package io.coppice.notebooks.render;

import java.lang.reflect.InvocationTargetException;
import java.util.UUID;

/**
 * What a cell shows, and shows again in its place, by the kernel's own means: these have the same
 * names in jupyter-jvm-basekernel, which IJava is built on, and in JJava.
 */
final class KernelDisplay {
  private final Object kernel;

  KernelDisplay(Object kernel) {
    this.kernel = kernel;
  }

  /** Shows a value below what is there; the name to {@link #update} it by. */
  String show(Object value) {
    String id = UUID.randomUUID().toString();
    Object data = rendered(value, id);
    call(kernel, "display", data.getClass(), data);
    return id;
  }

  /** Shows a value in the place of the one shown under this name. */
  void update(String id, Object value) {
    Object data = rendered(value, id);
    try {
      Object io = kernel.getClass().getMethod("getIO").invoke(kernel);
      Object stream = io.getClass().getField("display").get(io);
      stream
          .getClass()
          .getMethod("updateDisplay", String.class, data.getClass())
          .invoke(stream, id, data);
    } catch (ReflectiveOperationException e) {
      throw unlike(e);
    }
  }

  private Object rendered(Object value, String id) {
    try {
      Object renderer = kernel.getClass().getMethod("getRenderer").invoke(kernel);
      Object data = call(renderer, "render", Object.class, value);
      call(data, "setDisplayId", String.class, id);
      return data;
    } catch (ReflectiveOperationException e) {
      throw unlike(e);
    }
  }

  private static Object call(Object target, String method, Class<?> type, Object argument) {
    try {
      return target.getClass().getMethod(method, type).invoke(target, argument);
    } catch (ReflectiveOperationException e) {
      throw unlike(e);
    }
  }

  private static IllegalStateException unlike(ReflectiveOperationException e) {
    Throwable reason = e instanceof InvocationTargetException ? e.getCause() : e;
    return new IllegalStateException("this kernel does not show things as it did: " + reason, e);
  }
}
