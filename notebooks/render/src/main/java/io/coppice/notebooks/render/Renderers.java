package io.coppice.notebooks.render;

import io.coppice.framework.display.Displayable;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What Java notebooks show well: everything that is {@link Displayable}, and, where their libraries
 * are on the class path, Tablesaw tables, DJL arrays, XChart charts and pictures.
 */
public final class Renderers {

  /**
   * A type and how it is shown. It is named and not held, as its library may be absent.
   *
   * @param type the name of a class or interface
   */
  record Kind(String type, Function<Object, Displayable> view) {}

  private static final List<Kind> KINDS =
      List.of(
          new Kind("io.coppice.framework.display.Displayable", Displayable.class::cast),
          new Kind("tech.tablesaw.api.Table", TableView::of),
          new Kind("ai.djl.ndarray.NDArray", ArrayView::of),
          new Kind("org.knowm.xchart.internal.chartpart.Chart", ChartView::of),
          new Kind("java.awt.image.BufferedImage", ImageView::of));

  private Renderers() {}

  /**
   * Teaches the kernel that runs this notebook, IJava's or JJava's, to show these types. Call it
   * once, in the first cell.
   *
   * @throws IllegalStateException when no such kernel runs in this process
   */
  public static void register() {
    register(RunningKernel.find());
  }

  /**
   * Teaches a kernel to show these types; later registrations of the same types are asked too.
   *
   * @param kernel one of jupyter-jvm-basekernel or of JJava, with a {@code getRenderer()}
   * @throws IllegalArgumentException when it is none
   */
  public static void register(Object kernel) {
    KernelRegistry registry = KernelRegistry.of(kernel);
    for (Kind kind : KINDS) {
      found(kind.type()).ifPresent(type -> registry.register(type, kind.view()));
    }
  }

  /** How the value shows itself; empty when it is none of these types. */
  public static Optional<Displayable> view(Object value) {
    return KINDS.stream()
        .filter(kind -> found(kind.type()).filter(type -> type.isInstance(value)).isPresent())
        .findFirst()
        .map(kind -> kind.view().apply(value));
  }

  /** The value as text for a terminal of this width; what cannot be shown says why. */
  public static String text(Object value, int width) {
    return Guarded.text(
        () -> view(value).map(view -> view.toText(width)).orElseGet(() -> String.valueOf(value)));
  }

  private static Optional<Class<?>> found(String type) {
    try {
      return Optional.of(Class.forName(type, false, Renderers.class.getClassLoader()));
    } catch (ClassNotFoundException | LinkageError e) {
      return Optional.empty();
    }
  }
}
