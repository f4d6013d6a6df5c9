package io.coppice.notebooks.render;

import io.coppice.framework.display.Displayable;
import io.coppice.framework.display.Wrapped;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A kernel's registry of renderers, reached by names: jupyter-jvm-basekernel, which IJava is built
 * on, and JJava have the same under different packages.
 */
final class KernelRegistry {
  private static final String[] HTML = {"text/html"};
  private static final String[] PNG = {"image/png"};

  private final Object renderer;
  private final String packageName;
  private final ClassLoader loader;

  private KernelRegistry(Object renderer) {
    this.renderer = renderer;
    this.packageName = renderer.getClass().getPackageName();
    this.loader = renderer.getClass().getClassLoader();
  }

  /** Of a kernel, or of the registry itself. */
  static KernelRegistry of(Object kernel) {
    try {
      boolean registry = kernel.getClass().getSimpleName().equals("Renderer");
      Object renderer = registry ? kernel : call(kernel, "getRenderer");
      renderer.getClass().getMethod("createRegistration", Class.class);
      return new KernelRegistry(renderer);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "kernel is a "
              + kernel.getClass().getName()
              + "; allowed: a kernel of jupyter-jvm-basekernel or JJava",
          e);
    }
  }

  void register(Class<?> type, Function<Object, Displayable> view) {
    try {
      Class<?> function = Class.forName(packageName + ".RenderFunction", true, loader);
      Object render =
          Proxy.newProxyInstance(
              loader,
              new Class<?>[] {function},
              (proxy, method, arguments) -> {
                if (method.getDeclaringClass() == Object.class) {
                  return method.invoke(this, arguments);
                }
                render(view, arguments[0], arguments[1]);
                return null;
              });
      Object registration = call(renderer, "createRegistration", Class.class, type);
      registration = call(registration, "preferring", String[].class, HTML);
      registration = call(registration, "supporting", String[].class, PNG);
      call(registration, "register", function, render);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("this kernel's renderer is not what it was: " + e, e);
    }
  }

  /** Puts text, and what of HTML and PNG is asked for and can be had, into the context. */
  private void render(Function<Object, Displayable> how, Object value, Object context)
      throws ReflectiveOperationException {
    Object out = call(context, "getOutputContainer");
    Displayable view;
    try {
      view = how.apply(value);
    } catch (Throwable e) {
      put(out, "text/plain", () -> Guarded.text(() -> String.valueOf(value)));
      return;
    }
    put(out, "text/plain", () -> view.toText(Wrapped.USUAL_WIDTH));
    if (wants(context, HTML[0])) {
      put(out, HTML[0], view::toHtml);
    }
    if (view instanceof Pictured pictured && wants(context, PNG[0])) {
      put(out, PNG[0], pictured::base64);
    }
  }

  private boolean wants(Object context, String mime) throws ReflectiveOperationException {
    Class<?> type = Class.forName(packageName + ".mime.MIMEType", true, loader);
    Object parsed = type.getMethod("parse", String.class).invoke(null, mime);
    return (boolean) call(context, "wantsDataRenderedAs", type, parsed);
  }

  private static void put(Object out, String mime, Supplier<String> content)
      throws ReflectiveOperationException {
    Method put = out.getClass().getMethod("putData", String.class, Object.class);
    put.invoke(out, mime, Guarded.text(content));
  }

  private static Object call(Object target, String method) throws ReflectiveOperationException {
    return target.getClass().getMethod(method).invoke(target);
  }

  private static Object call(Object target, String method, Class<?> type, Object argument)
      throws ReflectiveOperationException {
    return target.getClass().getMethod(method, type).invoke(target, argument);
  }
}
