package io.coppice.datasets;

import io.coppice.framework.data.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tech.tablesaw.api.ColumnType;
import tech.tablesaw.api.Table;
import tech.tablesaw.io.csv.CsvReadOptions;

/** Reads a CSV file with a header line; a column of numbers alone is numeric, any other is text. */
final class CsvTable {
  private static final String[] MISSING = {
    "", "NA", "N/A", "NaN", "nan", "null", "NULL", "None", "?", "*"
  };

  private CsvTable() {}

  /**
   * Reads the table, the label column always as text.
   *
   * @throws DataException when the file is no such table
   */
  static Table read(Path csv, String label) {
    try {
      if (!Files.isRegularFile(csv)) {
        throw new DataException(csv + " is not a file");
      } else if (Files.size(csv) == 0) {
        throw new DataException(csv + " is empty");
      }
      Table table =
          Table.read()
              .usingOptions(
                  CsvReadOptions.builder(csv.toFile())
                      .tableName(csv.getFileName().toString().replaceFirst("\\.csv$", ""))
                      .columnTypesToDetect(List.of(ColumnType.DOUBLE, ColumnType.STRING))
                      .columnTypesPartial(Map.of(label, ColumnType.STRING))
                      .missingValueIndicator(MISSING)
                      .separator(',')
                      .locale(Locale.ROOT)
                      .sample(false));
      if (table.rowCount() == 0) {
        throw new DataException(csv + " holds no row below its header");
      }
      return table;
    } catch (DataException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new DataException(
          csv + " is not a CSV table that can be read: " + firstLine(e.getMessage()), e);
    }
  }

  private static String firstLine(String message) {
    return message == null ? "no reason given" : message.lines().findFirst().orElse("");
  }
}
