package io.coppice.framework.recipe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.coppice.framework.network.Initialization;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;

class CanonicalJsonTest {

  record Everything(
      String words,
      Initialization constant,
      boolean flag,
      int count,
      long seed,
      double rate,
      Optional<Double> present,
      Optional<Double> absent,
      List<Time> times,
      Set<Long> set,
      Map<String, Double> byLayer) {}

  record Named(String name, @Code DoubleUnaryOperator code) {}

  record Holder(Object value) {}

  @Test
  void pinsTheTextOfEveryKindOfValue() {
    Everything everything =
        new Everything(
            "a \"word\"\n",
            Initialization.PYTORCH,
            true,
            3,
            Long.MAX_VALUE,
            0.1,
            Optional.of(1e-8),
            Optional.empty(),
            List.of(Time.epochs(2), Time.steps(500)),
            Set.of(3L, 1L),
            Map.of("fc2", 1.0, "fc1", 0.05));
    assertEquals(
        """
        {
          "is": "CanonicalJsonTest.Everything",
          "words": "a \\"word\\"\\u000a",
          "constant": "Initialization.PYTORCH",
          "flag": true,
          "count": 3,
          "seed": 9223372036854775807,
          "rate": 0.1,
          "present": 1E-8,
          "times": [
            {
              "is": "Time.Epochs",
              "epochs": 2
            },
            {
              "is": "Time.Steps",
              "steps": 500
            }
          ],
          "set": [
            1,
            3
          ],
          "byLayer": {
            "fc1": 0.05,
            "fc2": 1
          }
        }
        """,
        CanonicalJson.of(everything));
    assertEquals("f4020bdc30b4abc9", CanonicalJson.hash(everything));
  }

  @Property(tries = 200)
  void anyTextIsReadByOthersAsWritten(@ForAll String words) throws Exception {
    if (StandardCharsets.UTF_8.newEncoder().canEncode(words)) {
      JsonNode read = new ObjectMapper().readTree(CanonicalJson.of(new Holder(words)));
      assertEquals(words, read.get("value").textValue());
    }
  }

  @Property(tries = 2000)
  void anyNumberReadsBackAsItself(@ForAll double number) {
    assertEquals(number + 0.0, Double.parseDouble(text(number)));
  }

  @Property(tries = 500)
  void aFewDecimalsStayAFewDecimals(@ForAll @DoubleRange(min = -1000, max = 1000) double number) {
    double rounded = Math.rint(number * 100) / 100;
    assertTrue(text(rounded).length() <= 7, () -> rounded + " became " + text(rounded));
  }

  @Test
  void aNumberIsWrittenByItsValue() {
    assertEquals("1", text(1));
    assertEquals("1", text(1L));
    assertEquals("1", text(1.0));
    assertEquals("100000", text(1e5));
    assertEquals("0.5", text(0.5f));
    assertEquals("0.10000000149011612", text(0.1f));
    assertEquals("0", text(-0.0));
    assertEquals("0.00025", text(2.5e-4));
    assertEquals("5E-324", text(Double.MIN_VALUE));
    assertEquals("2E+23", text(2e23)); // Double.toString says 1.9999999999999998E23 before Java 19
  }

  @Property(tries = 200)
  void orderOfMapsAndSetsDoesNotMatter(
      @ForAll @NotEmpty Map<String, Double> map, @ForAll Set<Long> set, @ForAll long seed) {
    List<String> keys = new ArrayList<>(map.keySet());
    Collections.shuffle(keys, new Random(seed));
    Map<String, Double> shuffled = new LinkedHashMap<>();
    keys.forEach(key -> shuffled.put(key, map.get(key)));
    List<Long> items = new ArrayList<>(set);
    Collections.shuffle(items, new Random(seed));
    Set<Long> shuffledSet = new LinkedHashSet<>(items);
    assertEquals(
        CanonicalJson.hash(new Holder(List.of(new TreeMap<>(map), set))),
        CanonicalJson.hash(new Holder(List.of(shuffled, shuffledSet))));
  }

  @Property(tries = 500)
  void differentNumbersGiveDifferentNames(@ForAll double one, @ForAll double other) {
    if (one != other) {
      assertNotEquals(CanonicalJson.hash(new Holder(one)), CanonicalJson.hash(new Holder(other)));
    }
  }

  @Test
  void codeIsKnownByItsName() {
    assertEquals(
        CanonicalJson.of(new Named("square", x -> x * x)),
        CanonicalJson.of(new Named("square", x -> Math.pow(x, 2))));
  }

  @Test
  void refusesWhatHasNoStableText() {
    assertRefused((Runnable) () -> {}, "which has no stable text");
    assertRefused(new int[] {1}, "which has no stable text");
    assertRefused(Double.NaN, "a recipe's number is NaN; allowed: finite numbers");
    assertRefused(Map.of(1, 2), "a recipe's map has the key 1; allowed: texts and enums");
  }

  private static void assertRefused(Object value, String sentence) {
    RecipeException refusal =
        assertThrows(RecipeException.class, () -> CanonicalJson.of(new Holder(value)));
    assertTrue(refusal.getMessage().contains(sentence), refusal::getMessage);
  }

  /** Two recipes that say the same with types of one name would share a run. */
  @Test
  void noTwoRecipeTypesShareAName() throws Exception {
    Path classes =
        Path.of(CanonicalJson.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Map<String, String> types = new TreeMap<>();
    try (Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        String path =
            classes.relativize(file).toString().replace(file.getFileSystem().getSeparator(), ".");
        Class<?> type =
            Class.forName(
                path.substring(0, path.length() - ".class".length()),
                false,
                CanonicalJson.class.getClassLoader());
        if (type.isRecord() || type.isEnum()) {
          String before = types.put(CanonicalJson.typeName(type), type.getName());
          assertEquals(null, before, () -> before + " and " + type.getName() + " share a name");
        }
      }
    }
    assertEquals("io.coppice.framework.recipe.Time$Epochs", types.get("Time.Epochs"));
  }

  @Test
  void othersTypesKeepTheirPackages() {
    assertEquals("java.util.Map.Entry", CanonicalJson.typeName(Map.Entry.class));
  }

  private static String text(Object number) {
    String text = CanonicalJson.of(new Holder(number));
    return text.substring(text.indexOf("value\": ") + 8, text.lastIndexOf("\n}"));
  }
}
