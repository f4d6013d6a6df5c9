package io.coppice.datasets;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.types.Shape;
import io.coppice.framework.data.DataException;
import io.coppice.framework.data.Examples;
import io.coppice.framework.data.Parts;
import io.coppice.framework.data.Signature;
import io.coppice.framework.recipe.CanonicalJson;
import io.coppice.framework.recipe.RecipeException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.BooleanColumn;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

class TableDataTest {
  private static final String CSV =
      """
      x,colour,kind
      1,red,b
      NA,blue,a
      3,,b
      5,red,a
      7,green,b
      9,red,a
      11,blue,b
      ,red,a
      15,blue,b
      17,red,a
      """;

  private static TableData csv(String text) {
    try (Scratch scratch = new Scratch()) {
      return TableData.of(
          scratch.write("plants.csv", text.getBytes(StandardCharsets.UTF_8)), "kind");
    }
  }

  private static Table numbers(double... x) {
    String[] kinds = new String[x.length];
    for (int i = 0; i < x.length; i++) {
      kinds[i] = i % 2 == 0 ? "even" : "odd";
    }
    return Table.create("numbers", DoubleColumn.create("x", x), StringColumn.create("kind", kinds));
  }

  @Test
  void numbersAreStandardisedAndImputedByTheTrainingPart() {
    double[] x = {1, Double.NaN, 3, 5, 7, 9, 11, Double.NaN, 15, 17};
    Parts parts = TableData.of(numbers(x), "kind").test(2).validation(2).load();
    Examples train = parts.train();
    assertEquals(6, train.count());
    assertEquals(new Shape(1), train.sample());
    double sum = 0;
    double squares = 0;
    for (float value : train.features()) {
      sum += value;
      squares += value * value;
    }
    assertEquals(0, sum, 1e-6);
    assertEquals(6, squares, 1e-5);
  }

  @Test
  void tellsItsSizeAndShape() {
    TableData recipe = csv(CSV).oneHot("colour").validation(3);
    Examples train = recipe.load().train();
    assertEquals(OptionalInt.of(5), recipe.trainingExamples());
    assertEquals(5, train.count());
    assertEquals(Optional.of(new Signature(train.sample(), 2)), recipe.signature());
  }

  @Test
  void whatCannotBeLoadedTellsNothing() {
    assertEquals(Optional.empty(), csv(CSV).signature(), "colour is text");
    TableData tooFew = csv(CSV).drop("colour").test(5).validation(5);
    assertEquals(OptionalInt.empty(), tooFew.trainingExamples());
    assertEquals(Optional.empty(), tooFew.signature());
  }

  /** The training part is rows 1 and 2 with x = 2 and 4: mean 3, deviation 1. */
  @Test
  void theOtherPartsTakeTheTrainingPartsMeanAndDeviation() {
    DoubleColumn column = DoubleColumn.create("x", 100, 2, 4, Double.NaN);
    Encoder encoder = Encoder.Standardised.fit(column, new int[] {1, 2});
    float[] features = new float[4];
    for (int row = 0; row < 4; row++) {
      encoder.encode(row, features, row);
    }
    assertArrayEquals(new float[] {97, -1, 1, 0}, features, 1e-6f);
  }

  /** Of 2, 4 and a missing 3, the mean is 3 and the variance 2/3. */
  @Test
  void imputedValuesCountInTheDeviation() {
    DoubleColumn column = DoubleColumn.create("x", 2, 4, Double.NaN);
    Encoder.Standardised encoder = Encoder.Standardised.fit(column, new int[] {0, 1, 2});
    assertEquals(3, encoder.mean());
    assertEquals(Math.sqrt(2.0 / 3), encoder.deviation(), 1e-12);
  }

  @Test
  void aConstantColumnIsOnlyCentred() {
    Encoder.Standardised encoder =
        Encoder.Standardised.fit(IntColumn.create("x", new int[] {5, 5}), new int[] {0, 1});
    assertEquals(1, encoder.deviation());
    assertEquals(5, encoder.mean());
  }

  @Test
  void categoriesAreThoseOfTheTrainingPart() {
    StringColumn column = StringColumn.create("c", "red", "blue", "", "green");
    Encoder encoder = Encoder.OneHot.fit(column, new int[] {0, 1, 2});
    assertEquals(2, encoder.width());
    float[] features = new float[8];
    for (int row = 0; row < 4; row++) {
      encoder.encode(row, features, 2 * row);
    }
    assertArrayEquals(new float[] {0, 1, 1, 0, 0, 0, 0, 0}, features);
  }

  @Test
  void aCsvFileGivesStratifiedParts() {
    TableData recipe = csv(CSV).oneHot("colour").test(2).validation(2);
    assertEquals("plants", recipe.name());
    Parts parts = recipe.load();
    assertEquals(2, parts.classes());
    for (Examples part : List.of(parts.validation(), parts.test().get())) {
      int[] labels = part.labels().clone();
      Arrays.sort(labels);
      assertArrayEquals(new int[] {0, 1}, labels);
    }
    assertEquals(parts.train().sample(), parts.test().get().sample());
    assertEquals(parts.train(), recipe.load().train());
  }

  @Test
  void textColumnsAreNamedOrRefused() {
    RecipeException error = assertThrows(RecipeException.class, () -> csv(CSV).load());
    assertTrue(error.getMessage().contains("[colour] of plants are not numeric"));
    assertTrue(error.getMessage().contains("drop(...) or oneHot(...)"), error.getMessage());
    assertEquals(new Shape(1), csv(CSV).drop("colour").load().train().sample());
    Table table = Table.create(BooleanColumn.create("flag", true, false, true));
    table.addColumns(StringColumn.create("kind", "a", "b", "a"));
    assertThrows(RecipeException.class, () -> TableData.of(table, "kind").load());
  }

  @Test
  void aRowWithoutALabelIsRefusedByItsNumber() {
    DataException error =
        assertThrows(DataException.class, () -> csv("x,kind\n1,a\n2,\n3,b\n").load());
    assertEquals("row 2 of plants has no label in the column 'kind'", error.getMessage());
  }

  @Test
  void tablesThatCannotBeLearntAreRefused() {
    assertDamaged("needs at least 2 classes", () -> csv("x,kind\n1,a\n2,a\n").load());
    assertDamaged("plants.csv holds no row below its header", () -> csv("x,kind\n"));
    assertDamaged(
        "the column 'x' has no value in the training part",
        () -> TableData.of(numbers(Double.NaN, Double.NaN, Double.NaN, Double.NaN), "kind").load());
    assertDamaged(
        "has the value Infinity in the column 'x'",
        () -> {
          double[] x = new double[6];
          Arrays.fill(x, Double.POSITIVE_INFINITY);
          TableData.of(numbers(x), "kind").load();
        });
    assertThrows(RecipeException.class, () -> csv(CSV).drop("x", "colour").load());
  }

  @Test
  void filesThatAreNoTablesAreRefused() {
    assertDamaged("plants.csv is empty", () -> csv(""));
    assertDamaged("plants.csv is not a CSV table", () -> csv("x,x,kind\n1,2,a\n"));
    assertDamaged("plants.csv is not a CSV table", () -> csv("x,kind\n1,a,7\n2,b,7\n"));
    try (Scratch scratch = new Scratch()) {
      Path absent = scratch.folder().resolve("absent.csv");
      assertDamaged("absent.csv is not a file", () -> TableData.of(absent, "kind"));
    }
  }

  private static void assertDamaged(String message, Runnable reading) {
    DataException error = assertThrows(DataException.class, reading::run);
    assertTrue(error.getMessage().contains(message), error.getMessage());
  }

  @Test
  void aLabelThatIsNoColumnIsRefusedByName() {
    RecipeException error = assertThrows(RecipeException.class, () -> csv("x,sort\n1,a\n2,b\n"));
    assertEquals("label is kind; allowed: one of the columns [x, sort]", error.getMessage());
  }

  @Test
  void wrongColumnsAreRefusedByName() {
    TableData recipe = csv(CSV);
    RecipeException error = assertThrows(RecipeException.class, () -> recipe.drop("color"));
    assertEquals(
        "dropped is color; allowed: one of the columns [x, colour, kind]", error.getMessage());
    assertThrows(RecipeException.class, () -> recipe.oneHot("kind"));
    assertThrows(RecipeException.class, () -> recipe.drop("colour").oneHot("colour"));
    assertThrows(RecipeException.class, () -> TableData.of(numbers(1, 2, 3), "class"));
    assertThrows(RecipeException.class, () -> recipe.test(10));
    assertThrows(RecipeException.class, () -> recipe.validation(0));
  }

  @Test
  void numericLabelsAreNumberedByTheirValue() {
    Table table =
        Table.create(DoubleColumn.create("x", 1, 2, 3, 4), IntColumn.create("kind", 10, 9, 10, -1));
    RowLabels labels = RowLabels.of(table.column("kind"), "t");
    assertEquals(List.of("-1", "9", "10"), labels.classes());
    assertArrayEquals(new int[] {2, 1, 2, 0}, labels.numbers());
  }

  @Test
  void aRecipeIsNamedByItsContent() {
    TableData recipe = TableData.of(numbers(1, 2, 3, 4), "kind");
    TableData same = TableData.of(numbers(1, 2, 3, 4), "kind");
    TableData other = TableData.of(numbers(1, 2, 3, 5), "kind");
    assertEquals(CanonicalJson.of(recipe), CanonicalJson.of(same));
    assertNotEquals(CanonicalJson.hash(recipe), CanonicalJson.hash(other));
    assertNotEquals(CanonicalJson.hash(recipe), CanonicalJson.hash(recipe.splitSeed(2)));
    assertEquals(CanonicalJson.hash(csv(CSV)), CanonicalJson.hash(csv(CSV)));
  }

  @Test
  void aTableThatChangesLaterDoesNotReachTheRecipe() {
    Table table = numbers(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
    TableData recipe = TableData.of(table, "kind");
    Examples before = recipe.load().train();
    table.doubleColumn("x").set(3, 99.0);
    assertEquals(before, recipe.load().train());
  }

  @Test
  void theMiceProteinsAreReadWithTheirMissingValues() {
    TableData recipe =
        TableData.of(DataAtHand.require("mice-protein/Data_Cortex_Nuclear.csv"), "class")
            .drop("MouseID", "Genotype", "Treatment", "Behavior");
    Parts parts = recipe.load();
    assertEquals(8, parts.classes());
    assertEquals(new Shape(77), parts.train().sample());
    assertEquals(778, parts.train().count());
    assertEquals(86, parts.validation().count());
    assertEquals(216, parts.test().get().count());
    for (float value : parts.train().features()) {
      assertTrue(Float.isFinite(value));
    }
  }

  @Provide
  Arbitrary<Mutation> mutations() {
    return Mutation.any();
  }

  @Property(tries = 300)
  void aDamagedCsvIsRefusedInOneLineOrRead(@ForAll("mutations") Mutation mutation) {
    byte[] damaged = mutation.of(CSV.getBytes(StandardCharsets.UTF_8));
    try (Scratch scratch = new Scratch()) {
      Path path = scratch.write("plants.csv", damaged);
      Parts parts = TableData.of(path, "kind").drop("colour").oneHot("x").load();
      assertTrue(parts.train().count() > 0);
      assertTrue(parts.test().get().count() > 0);
    } catch (DataException | RecipeException e) {
      assertTrue(e.getMessage() != null && !e.getMessage().isBlank());
    }
  }
}
