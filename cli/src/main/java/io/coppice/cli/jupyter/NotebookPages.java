package io.coppice.cli.jupyter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.coppice.framework.display.Html;
import io.coppice.framework.display.Sheet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The notebooks of a folder, executed, as pages with an index. */
public record NotebookPages(Nbconvert nbconvert) {
  private static final String SUFFIX = ".ipynb";

  /** The notebooks of a folder in the order of their names. */
  public static List<Path> notebooks(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(SUFFIX)).sorted().toList();
    }
  }

  /**
   * Executes the notebooks and writes their pages, and {@code index.html} after the last.
   *
   * @param told each page that has been written
   * @throws IOException when a cell fails, with the notebook's name and the cell's error
   */
  public void write(List<Path> notebooks, Path folder, Consumer<Path> told) throws IOException {
    Files.createDirectories(folder);
    Path executed = Files.createDirectories(nbconvert.scratch().resolve("executed"));
    List<Path> pages = new ArrayList<>();
    for (Path notebook : notebooks) {
      Path outputs = executed.resolve(notebook.getFileName());
      nbconvert.execute(notebook, outputs);
      pages.add(page(outputs, folder));
      told.accept(pages.get(pages.size() - 1));
    }
    Path index = folder.resolve("index.html");
    Files.writeString(index, index(notebooks, pages));
    told.accept(index);
  }

  /** Writes the page of a notebook that has been executed. */
  public Path page(Path executed, Path folder) throws IOException {
    String name = executed.getFileName().toString();
    Path page = folder.resolve(name.substring(0, name.length() - SUFFIX.length()) + ".html");
    nbconvert.page(executed, page);
    return page;
  }

  private static String index(List<Path> notebooks, List<Path> pages) throws IOException {
    StringBuilder html = new StringBuilder("<h2>Notebooks</h2>\n<ol>\n");
    for (int i = 0; i < pages.size(); i++) {
      html.append(
          "<li><a href=\"%s\">%s</a></li>\n"
              .formatted(
                  Html.escape(pages.get(i).getFileName().toString()),
                  Html.escape(title(notebooks.get(i)))));
    }
    return Sheet.page(
        "Notebooks", Sheet.fragment("", ".coppice a { color: inherit; }\n", html + "</ol>\n"));
  }

  /** The notebook's first heading, or its name. */
  private static String title(Path notebook) throws IOException {
    JsonNode first = new ObjectMapper().readTree(notebook.toFile()).at("/cells/0/source");
    String line = (first.isArray() ? first.path(0) : first).asText().lines().findFirst().orElse("");
    return line.startsWith("# ") ? line.substring(2) : notebook.getFileName().toString();
  }
}
