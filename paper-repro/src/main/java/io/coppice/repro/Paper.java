package io.coppice.repro;

import io.coppice.framework.run.RunResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One paper's folder: {@code paper.md}, {@code published.csv}, {@code study.jsh} with the studies
 * that answer its rows, further {@code .jsh} files with studies of its open questions, {@code
 * results/} and the {@code VERDICT.md} that follows from them.
 */
public final class Paper {
  static final String PUBLISHED = "published.csv";
  private static final String TEXT = "paper.md";
  private static final String STUDY = "study";
  private static final String SCRIPT = ".jsh";

  private final Path folder;

  Paper(Path folder) {
    this.folder = folder;
  }

  /** Its name on the command line. */
  public String name() {
    return folder.getFileName().toString();
  }

  /** Where its runs are kept while nothing else is said. */
  public Path store() {
    return folder;
  }

  Path verdictFile() {
    return folder.resolve("VERDICT.md");
  }

  Path results() {
    return folder.resolve("results");
  }

  /** The text about the paper, in Markdown. */
  String text() {
    return Saved.read(folder.resolve(TEXT));
  }

  /** The first heading of the text. */
  String title() {
    return text()
        .lines()
        .filter(line -> line.startsWith("# "))
        .findFirst()
        .map(line -> line.substring(2).strip())
        .orElse(name());
  }

  /** The first paragraph of the text: what the paper claims. */
  public String claim() {
    List<String> lines =
        text().lines().dropWhile(line -> line.startsWith("#") || line.isBlank()).toList();
    return String.join(" ", lines.stream().takeWhile(line -> !line.isBlank()).toList());
  }

  List<Published> published() {
    return Published.read(folder.resolve(PUBLISHED));
  }

  /** The names of its scripts, {@code study} first. */
  public List<String> scripts() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(SCRIPT))
          .map(name -> name.substring(0, name.length() - SCRIPT.length()))
          .sorted(Comparator.comparing((String name) -> !name.equals(STUDY)).thenComparing(n -> n))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + folder + ": " + e.getMessage(), e);
    }
  }

  /** The file of the script of this name. */
  public Path script(String name) {
    return folder.resolve(name + SCRIPT);
  }

  /** The committed results of its studies, in the order of its scripts. */
  List<Ledger> ledgers() {
    List<Ledger> ledgers = new ArrayList<>();
    for (StudyList.Entry entry : StudyList.read(this)) {
      ledgers.add(Ledger.read(entry.study(), folder(entry.study())));
    }
    return ledgers;
  }

  /**
   * The committed results that belong to a printed network: of the studies that answer its rows,
   * and of those that follow them in the first script, such as small networks from scratch.
   */
  List<Ledger> ledgers(String network) {
    List<Ledger> own = new ArrayList<>();
    String current = "";
    for (StudyList.Entry entry : StudyList.read(this)) {
      if (entry.script().equals(STUDY)) {
        String before = current;
        current =
            published().stream()
                .filter(row -> row.study().equals(entry.study()))
                .findFirst()
                .map(Published::network)
                .orElse(before);
        if (current.equals(network)) {
          own.add(Ledger.read(entry.study(), folder(entry.study())));
        }
      }
    }
    return own;
  }

  /** The committed runs of all studies by their plans' hashes: studies may share a run. */
  Map<String, RunResult> runs() {
    return runs(ledgers());
  }

  /** The runs of these ledgers by their plans' hashes. */
  static Map<String, RunResult> runs(List<Ledger> ledgers) {
    Map<String, RunResult> runs = new LinkedHashMap<>();
    ledgers.forEach(ledger -> ledger.runs().forEach(run -> runs.put(run.run(), run)));
    return runs;
  }

  /** The committed results of one study, if there are any. */
  Optional<Ledger> ledger(String study) {
    Path own = folder(study);
    return Files.isDirectory(own) ? Optional.of(Ledger.read(study, own)) : Optional.empty();
  }

  /** Where the results of a study are. */
  Path folder(String study) {
    return results().resolve(Slug.of(study));
  }

  /** What our runs say of every printed row. */
  List<Finding> findings() {
    return published().stream()
        .map(
            row ->
                Rule.of(row, ledger(row.study()).map(own -> own.of(row.ours())).orElse(List.of())))
        .toList();
  }
}
