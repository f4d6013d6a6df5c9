package io.coppice.repro;

import io.coppice.framework.results.Csv;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** {@code results/studies.csv}: which studies have results, by script and in its order. */
final class StudyList {
  private static final String FILE = "studies.csv";

  /**
   * A study that has results.
   *
   * @param script the script that says it
   */
  record Entry(String script, String study) {}

  private StudyList() {}

  static List<Entry> read(Paper paper) {
    Path file = paper.results().resolve(FILE);
    return Files.exists(file)
        ? CsvFile.read(file).stream()
            .map(line -> new Entry(line.text("script"), line.text("study")))
            .toList()
        : List.of();
  }

  /** Replaces what the file says of one script by those of its studies that have results. */
  static void write(Paper paper, String script, List<String> studies) {
    List<Entry> entries = new ArrayList<>(read(paper));
    entries.removeIf(entry -> entry.script().equals(script));
    studies.stream()
        .filter(study -> Files.isDirectory(paper.folder(study)))
        .forEach(study -> entries.add(new Entry(script, study)));
    entries.sort(Comparator.comparing(entry -> paper.scripts().indexOf(entry.script())));
    StringColumn scripts = StringColumn.create("script");
    StringColumn names = StringColumn.create("study");
    for (Entry entry : entries) {
      scripts.append(entry.script());
      names.append(entry.study());
    }
    Table table = Table.create("studies", scripts, names);
    Saved.write(paper.results().resolve(FILE), Csv.of(table));
  }
}
