package io.coppice.notebooks.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Why a cell failed, and where. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailuresTest {
  private final Session session = new Session();

  @AfterAll
  void close() {
    session.close();
  }

  @Test
  void whatDoesNotCompileIsMarked() {
    List<String> lines = session.failure("int x1 = 1;\nint y1 = x1 + öäüß;\nx1");
    assertEquals(
        List.of(
            "cannot find variable öäüß",
            "cell " + session.number() + ", line 2",
            "    1  int x1 = 1;",
            ">   2  int y1 = x1 + öäüß;",
            "                     ^^^^",
            "    3  x1"),
        lines);
    assertEquals("1", session.value("x1"));
  }

  @Test
  void whatIsMeantIsSaid() {
    List<String> lines = session.failure("desne()");
    assertEquals("Did you mean 'dense'?", lines.get(lines.size() - 1));
  }

  @Test
  void whatIsThrownIsShownWithItsCause() {
    session.value("int deep(String s) {\n  return Integer.parseInt(s);\n}");
    int first = session.number();
    List<String> lines =
        session.failure(
            "try {\n  deep(\"x\");\n} catch (Exception e) {\n  throw new Error(\"odd\", e);\n}");
    assertEquals("java.lang.Error: odd", lines.get(0));
    assertTrue(lines.contains(">   4    throw new Error(\"odd\", e);"), lines::toString);
    assertTrue(lines.contains("    at cell " + session.number() + ", line 4"), lines::toString);
    int cause = lines.indexOf("Caused by java.lang.NumberFormatException: For input string: \"x\"");
    assertTrue(cause > 0, lines::toString);
    assertTrue(lines.indexOf("    at cell " + first + ", line 2 in deep") > cause);
  }

  @Test
  void theFrameworksErrorsAreOneSentence() {
    String code = "var m = magnitude()\n    .global()\n    .keep(1.5)\n    .oneShot();";
    List<String> lines = session.failure(code);
    assertTrue(lines.get(0).startsWith("keep is 1.5; allowed: "), lines::toString);
    assertTrue(lines.stream().noneMatch(line -> line.contains(" at ")), lines::toString);
    CellFailure failure = session.run(code).failure().orElseThrow();
    assertEquals("RecipeException", failure.name());
    assertTrue(failure.stack().orElseThrow().contains("\tat io.coppice"));
  }

  private void oneSentence(String code, String sentence) {
    List<String> lines = session.failure(code);
    assertEquals(sentence, lines.get(0));
    assertTrue(lines.stream().noneMatch(line -> line.contains(" at ")), lines::toString);
  }

  @Test
  void soAreThoseOfMissingOperationsOfCollapsesAndOfItsFiles() {
    oneSentence("throw new io.coppice.framework.ops.MissingOpsException(\"no CUDA\");", "no CUDA");
    oneSentence("throw new io.coppice.framework.training.CollapseException(\"dead\");", "dead");
    oneSentence(
        "io.coppice.notebooks.script.Script.read(Path.of(\"nowhere\"));", "nowhere does not exist");
  }

  private void isWhole(String code, String first, String... others) {
    List<String> lines = session.failure(code);
    assertEquals(first, lines.get(0));
    assertTrue(lines.contains("    at cell " + session.number() + ", line 2"), lines::toString);
    assertTrue(lines.containsAll(List.of(others)), lines::toString);
    assertTrue(session.run(code).failure().orElseThrow().stack().isEmpty());
  }

  @Test
  void theUsersOwnFileErrorsKeepTheirPlaceAndCause() {
    isWhole(
        "\nthrow new IOException(\"odd\", new Error(\"deep\"));",
        "java.io.IOException: odd",
        "Caused by java.lang.Error: deep");
    isWhole(
        "\nthrow new UncheckedIOException(new IOException(\"deep\"));",
        "java.io.UncheckedIOException: deep",
        "Caused by java.io.IOException: deep");
    isWhole(
        "\nFiles.readString(Path.of(\"nowhere\"));",
        "java.nio.file.NoSuchFileException: nowhere does not exist");
    isWhole(
        "\nthrow new IllegalStateException(\"odd\", new UncheckedIOException(new IOException()));",
        "java.lang.IllegalStateException: odd",
        "Caused by java.io.IOException");
  }
}
