package io.coppice.notebooks.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Cells share one shell. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CellsTest {
  private final Session session = new Session();

  @AfterAll
  void close() {
    session.close();
  }

  @Test
  void theLastExpressionIsTheValue() {
    assertEquals("3", session.value("int a = 1;\nint b = 2;\na + b"));
    assertNull(session.value("a + b;\nint c = 9;"));
    assertNull(session.value("a = 4"));
    assertNull(session.value(""));
    assertNull(session.value("// nothing"));
    assertNull(session.value("null"));
    assertEquals("dense", session.value("dense().name()"));
  }

  @Test
  void evalRunsInTheSameShell() {
    assertEquals("8", session.value("int seven = 7;\neval(\"seven + 1\")"));
  }

  @Test
  void redefinedClassesAndMethodsAreUsed() {
    session.value("class Twice { int x() { return 1; } }\nint f2() { return new Twice().x(); }");
    assertEquals("1", session.value("f2()"));
    session.value("class Twice { int x() { return 2; } }");
    assertEquals("2", session.value("f2()"));
    session.value("int f2() { return 3; }");
    assertEquals("3", session.value("f2()"));
    assertEquals("5", session.value("int again = 5;\nagain"));
    assertEquals("5", session.value("int again = 5;\nagain"));
  }

  @Test
  void cellsMayBeRunOutOfOrder() {
    assertEquals("cannot find method later(int)", session.failure("later(3)").get(0));
    session.value("int later(int x) { return x * factor; }");
    assertEquals("not defined: variable factor", session.failure("later(3)").get(0));
    session.value("int factor = 5;");
    assertEquals("15", session.value("later(3)"));
    session.value("double factor = 0.5;\ndouble later(int x) { return x * factor; }");
    assertEquals("1.5", session.value("later(3)"));
  }

  @Test
  void linesCanBeAskedFor() {
    assertEquals(
        "Ada37",
        session.value(
            "var in = new Scanner(System.in);\nin.nextLine() + in.nextInt()", "Ada", "37"));
  }

  @Test
  void ijavasImportsAndPrintfAreThere() {
    assertEquals(
        "[1, a, http]",
        session.value(
            """
            ExecutorService pool = Executors.newSingleThreadExecutor();
            pool.shutdown();
            printf("%d of %s%n", 2, "three");
            List.of(BigDecimal.ONE, Pattern.compile("a"), URI.create("http://x").getScheme())
            """));
    assertEquals("2 of three\n", session.heard().text("stdout"));
    assertEquals("true", session.value("Preferences.MAX_KEY_LENGTH > 0"));
  }
}
