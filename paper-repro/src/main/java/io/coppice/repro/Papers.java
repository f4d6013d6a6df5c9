package io.coppice.repro;

import io.coppice.framework.recipe.Nearest;
import io.coppice.framework.recipe.RecipeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The folder of all papers: every folder in it that holds a {@code published.csv}. */
public final class Papers {
  private final Path root;

  /** The papers of this folder. */
  public Papers(Path root) {
    this.root = root;
  }

  /** All papers by name. */
  public List<Paper> all() {
    if (!Files.isDirectory(root)) {
      return List.of();
    }
    try (Stream<Path> folders = Files.list(root)) {
      return folders
          .filter(folder -> Files.exists(folder.resolve(Paper.PUBLISHED)))
          .sorted()
          .map(Paper::new)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + root + ": " + e.getMessage(), e);
    }
  }

  /**
   * The paper of this name.
   *
   * @throws RecipeException when there is none
   */
  public Paper paper(String name) {
    List<String> names = all().stream().map(Paper::name).toList();
    return all().stream()
        .filter(paper -> paper.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                names.isEmpty()
                    ? new RecipeException(
                        "there is no paper '" + name + "': " + root + " holds none")
                    : Nearest.unknown("paper", name, names));
  }

  /** Where the page of all papers is. */
  public Path pageFile() {
    return root.resolve("index.html");
  }

  /** Writes {@link #pageFile} from what is committed of all papers. */
  public void writePage() {
    Saved.write(pageFile(), IndexPage.of(this));
  }

  /** One line per paper: its name and how many rows came to which verdict. */
  public List<String> lines() {
    int width = all().stream().mapToInt(paper -> paper.name().length()).max().orElse(0);
    return all().stream()
        .map(paper -> ("%-" + width + "s  %s").formatted(paper.name(), counts(paper)))
        .toList();
  }

  /** Such as "12 rows: 2 better, 4 reproduced with changes, 6 open". */
  static String counts(Paper paper) {
    List<Finding> findings = paper.findings();
    String kinds =
        Stream.of(Finding.Kind.values())
            .map(
                kind -> {
                  long count = findings.stream().filter(found -> found.kind() == kind).count();
                  return count == 0 ? "" : count + " " + kind.words();
                })
            .filter(words -> !words.isEmpty())
            .collect(Collectors.joining(", "));
    return findings.size() + (findings.size() == 1 ? " row: " : " rows: ") + kinds;
  }
}
