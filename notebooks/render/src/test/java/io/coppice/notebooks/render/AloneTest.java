package io.coppice.notebooks.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.display.Displayable;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.Table;

/** The renderers beside nothing but what their user has. */
class AloneTest {

  /** Loads only from where these classes come from, and the JDK. */
  private static URLClassLoader only(String... types) throws Exception {
    List<URL> places = new ArrayList<>();
    for (String type : types) {
      places.add(Class.forName(type).getProtectionDomain().getCodeSource().getLocation());
    }
    return new URLClassLoader(places.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
  }

  private static final String[] TABLESAW = {
    Table.class.getName(),
    "it.unimi.dsi.fastutil.ints.IntArrayList",
    "org.roaringbitmap.RoaringBitmap",
    "org.slf4j.LoggerFactory",
    "com.univocity.parsers.csv.CsvParser",
    "io.github.classgraph.ClassGraph",
    Renderer.class.getName(),
    Renderers.class.getName(),
    Displayable.class.getName()
  };

  @Test
  void tablesAreShownWithoutDjlAndXChart() throws Exception {
    try (URLClassLoader loader = only(TABLESAW)) {
      assertThrows(ClassNotFoundException.class, () -> loader.loadClass("ai.djl.ndarray.NDArray"));
      Object renderer = loader.loadClass(Renderer.class.getName()).getConstructor().newInstance();
      loader
          .loadClass(Renderers.class.getName())
          .getMethod("register", Object.class)
          .invoke(null, renderer);
      Object table =
          loader
              .loadClass(Table.class.getName())
              .getMethod("create", String.class)
              .invoke(null, "t");
      Object data = renderer.getClass().getMethod("render", Object.class).invoke(renderer, table);
      Object text =
          data.getClass()
              .getMethod("getData", loader.loadClass(mimeType()))
              .invoke(data, loader.loadClass(mimeType()).getField("TEXT_HTML").get(null));
      assertTrue(text.toString().contains("0 rows, 0 columns"), text.toString());
    }
  }

  private static String mimeType() {
    return "io.github.spencerpark.jupyter.kernel.display.mime.MIMEType";
  }

  @Test
  void textIsShownWithNoLibraryAtAll() throws Exception {
    try (URLClassLoader loader = only(Renderers.class.getName(), Displayable.class.getName())) {
      Class<?> renderers = loader.loadClass(Renderers.class.getName());
      assertEquals(
          "[1, 2]",
          renderers.getMethod("text", Object.class, int.class).invoke(null, List.of(1, 2), 80));
    }
  }
}
