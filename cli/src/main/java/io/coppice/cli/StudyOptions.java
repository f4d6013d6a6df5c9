package io.coppice.cli;

import io.coppice.framework.results.Results;
import io.coppice.notebooks.script.Script;
import io.coppice.notebooks.script.ScriptRunner;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;

/** What becomes of a study's results. */
final class StudyOptions {

  @Option(names = "--json", description = "Print the summary for a program.")
  private boolean json;

  /**
   * Runs a study; every {@link Results} among its values is printed once, and saved where a folder
   * is given: the first into it, further ones into numbered folders below it.
   */
  void run(Script script, Path folder, Terminal terminal, PrintWriter out) {
    List<Results> found = new ArrayList<>();
    try (ScriptRunner runner = new ScriptRunner()) {
      runner.run(
          script,
          value -> {
            if (value instanceof Results results && !found.contains(results)) {
              found.add(results);
              boolean first = found.size() == 1;
              Path own = first || folder == null ? folder : folder.resolve("" + found.size());
              if (json) {
                printJson(results, own, out);
              } else {
                printText(results, own, terminal, out);
              }
            }
          });
    }
  }

  private static void printText(Results results, Path folder, Terminal terminal, PrintWriter out) {
    out.println(results.toText(terminal.width()));
    out.flush();
    if (folder != null) {
      out.println("Report: " + save(results, folder));
      out.flush();
    }
  }

  private static void printJson(Results results, Path folder, PrintWriter out) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("study", results.study());
    fields.put("report", folder == null ? null : save(results, folder).toString());
    fields.put("summary", rows(results.summary()));
    Json.print(out, fields);
  }

  private static Path save(Results results, Path folder) {
    return results.save(folder).toAbsolutePath().normalize();
  }

  private static List<Map<String, Object>> rows(Table table) {
    List<Map<String, Object>> rows = new ArrayList<>();
    for (Row row : table) {
      Map<String, Object> fields = new LinkedHashMap<>();
      table.columnNames().forEach(name -> fields.put(name, cell(row.getObject(name))));
      rows.add(fields);
    }
    return rows;
  }

  /** JSON has no word for numbers that are not finite. */
  private static Object cell(Object value) {
    return value instanceof Double number && !Double.isFinite(number) ? null : value;
  }
}
