package io.coppice.repro;

import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.storage.AtomicFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Row;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/** A committed CSV file, cell by cell as its text. */
final class CsvFile {
  private CsvFile() {}

  /**
   * One line of a file.
   *
   * @param place the file and the line's number, for messages
   */
  record Line(Map<String, String> cells, String place) {

    String text(String column) {
      String cell = cells.get(column);
      if (cell == null) {
        throw new RecipeException(place + " has no column '" + column + "'");
      }
      return cell;
    }

    /** A number; NaN in an empty cell. */
    double number(String column) {
      String cell = text(column);
      try {
        return cell.isEmpty() ? Double.NaN : Double.parseDouble(cell);
      } catch (NumberFormatException e) {
        throw RecipeException.of(column + " in " + place, "'" + cell + "'", "a number");
      }
    }
  }

  static List<Line> read(Path file) {
    try {
      InputStreamReader text =
          new InputStreamReader(
              new ByteArrayInputStream(AtomicFile.read(file)), StandardCharsets.UTF_8);
      Table table =
          Table.read()
              .usingOptions(
                  CsvReadOptions.builder(text)
                      .columnTypesToDetect(List.of(ColumnType.STRING))
                      .missingValueIndicator(""));
      List<Line> lines = new ArrayList<>();
      for (Row row : table) {
        Map<String, String> cells = new LinkedHashMap<>();
        table.columnNames().forEach(name -> cells.put(name, row.getString(name)));
        lines.add(new Line(cells, file.getFileName() + ", row " + (row.getRowNumber() + 1)));
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
