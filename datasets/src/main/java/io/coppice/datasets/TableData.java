package io.coppice.datasets;

import ai.djl.ndarray.types.Shape;
import io.coppice.datasets.files.DataFolders;
import io.coppice.framework.data.DataException;
import io.coppice.framework.data.DataSource;
import io.coppice.framework.data.Parts;
import io.coppice.framework.data.Signature;
import io.coppice.framework.recipe.Code;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.recipe.Require;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;
import java.util.stream.Stream;
import tech.tablesaw.api.NumericColumn;
import tech.tablesaw.api.Table;
import tech.tablesaw.columns.Column;

/**
 * A CSV file or Tablesaw table, one row per example; samples of [features].
 *
 * <p>Numbers are standardised and missing ones imputed by the mean, both fitted on the training
 * part only. Text columns are named in {@code oneHot} or {@code dropped}, or refused.
 *
 * @param name the table's name
 * @param content a digest of the columns' names, types and values: the recipe stands for them
 * @param table the rows
 * @param label the column of the classes; they are numbered in sorted order
 * @param dropped the columns that are no features
 * @param oneHot the columns with a feature per category
 * @param test the rows held out for the test; absent: a fifth of all
 * @param validation the training rows held out; absent: a tenth of them
 * @param splitSeed chooses which rows are held out
 */
public record TableData(
    String name,
    String content,
    @Code Table table,
    String label,
    List<String> dropped,
    List<String> oneHot,
    Optional<Integer> test,
    Optional<Integer> validation,
    long splitSeed)
    implements DataSource {

  public TableData {
    dropped = List.copyOf(dropped);
    oneHot = List.copyOf(oneHot);
    requireColumn("label", label, table);
    for (String column : dropped) {
      requireFeature("dropped", column, label, table);
    }
    for (String column : oneHot) {
      requireFeature("oneHot", column, label, table);
      Require.that(!dropped.contains(column), "oneHot", column, "a column that is not dropped");
    }
    test.ifPresent(count -> StratifiedSplit.check("test", count, table.rowCount()));
    validation.ifPresent(count -> StratifiedSplit.check("validation", count, table.rowCount()));
  }

  private static void requireFeature(String parameter, String column, String label, Table table) {
    requireColumn(parameter, column, table);
    Require.that(!column.equals(label), parameter, column, "a column other than the label");
  }

  private static void requireColumn(String parameter, String column, Table table) {
    List<String> names = table.columnNames();
    Require.that(names.contains(column), parameter, column, "one of the columns " + names);
  }

  /**
   * The CSV file at {@code path}: as it is, or below {@code COPPICE_DATA}. Empty cells, NA, N/A,
   * NaN, null, None, ? and * are missing values.
   *
   * @throws DataException when there is no such file, or it is no CSV table
   */
  public static TableData of(String path, String label) {
    return of(DataFolders.standard().require(path), label);
  }

  /**
   * A CSV file with a header line.
   *
   * @throws DataException when the file is no such table
   */
  public static TableData of(Path csv, String label) {
    return of(CsvTable.read(csv, label), label);
  }

  /** A table in memory; it is copied, so that later changes do not reach the recipe. */
  public static TableData of(Table table, String label) {
    String name = table.name() == null || table.name().isBlank() ? "table" : table.name();
    return new TableData(
        name,
        digest(table),
        table.copy(),
        label,
        List.of(),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        0);
  }

  private static String digest(Table table) {
    ContentDigest digest = new ContentDigest();
    for (Column<?> column : table.columns()) {
      digest.add(column.name()).add(column.type().name());
      for (int row = 0; row < table.rowCount(); row++) {
        digest.add(column.getUnformattedString(row));
      }
    }
    return digest.hex();
  }

  @Override
  public OptionalInt trainingExamples() {
    return looked(() -> OptionalInt.of(split().train().length)).orElseGet(OptionalInt::empty);
  }

  @Override
  public Optional<Signature> signature() {
    return looked(
        () -> {
          TableFeatures encoding = TableFeatures.fit(features(), oneHot, split().train());
          return new Signature(new Shape(encoding.width()), labels().classes().size());
        });
  }

  /** What the table tells; empty where loading says what is wrong with it. */
  private static <T> Optional<T> looked(Supplier<T> look) {
    try {
      return Optional.of(look.get());
    } catch (RecipeException | DataException e) {
      return Optional.empty();
    }
  }

  private RowLabels labels() {
    return RowLabels.of(table.column(label), name);
  }

  private TableSplit split() {
    return TableSplit.of(labels(), test, validation, splitSeed);
  }

  @Override
  public Parts load() {
    RowLabels labels = labels();
    List<Column<?>> features = features();
    TableSplit split = split();
    TableFeatures encoding = TableFeatures.fit(features, oneHot, split.train());
    return new Parts(
        labels.classes().size(),
        encoding.examples(labels, split.train()),
        encoding.examples(labels, split.validation()),
        () -> encoding.examples(labels, split.test()));
  }

  private List<Column<?>> features() {
    List<Column<?>> features = new ArrayList<>();
    List<String> refused = new ArrayList<>();
    for (Column<?> column : table.columns()) {
      if (!column.name().equals(label) && !dropped.contains(column.name())) {
        features.add(column);
        if (!(column instanceof NumericColumn || oneHot.contains(column.name()))) {
          refused.add(column.name());
        }
      }
    }
    if (!refused.isEmpty()) {
      throw new RecipeException(
          "the columns "
              + refused
              + " of "
              + name
              + " are not numeric: name each in drop(...) or oneHot(...)");
    } else if (features.isEmpty()) {
      throw new RecipeException(name + " has no column left beside the label '" + label + "'");
    }
    return features;
  }

  /** Leaves these columns out of the features. */
  public TableData drop(String... columns) {
    return columns(joined(dropped, columns), oneHot);
  }

  /** Gives each of these columns a feature per category seen in training. */
  public TableData oneHot(String... columns) {
    return columns(dropped, joined(oneHot, columns));
  }

  private TableData columns(List<String> dropped, List<String> oneHot) {
    return new TableData(name, content, table, label, dropped, oneHot, test, validation, splitSeed);
  }

  private static List<String> joined(List<String> before, String... more) {
    return Stream.concat(before.stream(), Arrays.stream(more)).distinct().sorted().toList();
  }

  /** Holds this many rows out for the test. */
  public TableData test(int test) {
    return new TableData(
        name, content, table, label, dropped, oneHot, Optional.of(test), validation, splitSeed);
  }

  /** Holds this many training rows out for validation. */
  public TableData validation(int validation) {
    return new TableData(
        name, content, table, label, dropped, oneHot, test, Optional.of(validation), splitSeed);
  }

  public TableData splitSeed(long splitSeed) {
    return new TableData(name, content, table, label, dropped, oneHot, test, validation, splitSeed);
  }
}
