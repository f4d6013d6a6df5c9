package io.coppice.notebooks.kernel;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Turns values into what a notebook shows. Whatever a renderer or a {@code toString} throws, there
 * is always a text.
 */
final class Rendering {
  private final Renderer renderer;
  private final Consumer<String> complaints;

  /**
   * Rendering with the registrations of {@code renderer}.
   *
   * @param complaints is told of renderers that failed, a line each
   */
  Rendering(Renderer renderer, Consumer<String> complaints) {
    this.renderer = renderer;
    this.complaints = complaints;
  }

  /** As the value prefers: its registration, its own {@code toHtml()}, or its text. */
  DisplayData render(Object value) {
    if (value == null) {
      return new DisplayData("null");
    }
    DisplayData data = safely(value, () -> renderer.render(value));
    if (!data.hasDataForType(MIMEType.TEXT_HTML)) {
      toHtml(value).ifPresent(data::putHTML);
    }
    return data;
  }

  /** As the given types, such as {@code text/html}. */
  DisplayData renderAs(Object value, String... types) {
    return value == null
        ? new DisplayData("null")
        : safely(value, () -> renderer.renderAs(value, types));
  }

  private DisplayData safely(Object value, Supplier<DisplayData> rendered) {
    try {
      return rendered.get();
    } catch (Exception | Error e) {
      complain(value, "rendering", e);
    }
    return new DisplayData(text(value));
  }

  private String text(Object value) {
    try {
      return String.valueOf(value);
    } catch (Exception | Error e) {
      complain(value, "toString", e);
      return value.getClass().getName() + "@" + Integer.toHexString(System.identityHashCode(value));
    }
  }

  private Optional<String> toHtml(Object value) {
    try {
      Method method = value.getClass().getMethod("toHtml");
      if (method.getReturnType() != String.class
          || !Modifier.isPublic(method.getDeclaringClass().getModifiers())) {
        return Optional.empty();
      }
      return Optional.ofNullable((String) method.invoke(value));
    } catch (NoSuchMethodException e) {
      return Optional.empty();
    } catch (ReflectiveOperationException | LinkageError e) {
      complain(value, "toHtml", e.getCause() == null ? e : e.getCause());
      return Optional.empty();
    }
  }

  private void complain(Object value, String what, Throwable error) {
    complaints.accept("%s of %s failed: %s%n".formatted(what, value.getClass().getName(), error));
  }
}
