package io.coppice.notebooks.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.notebooks.script.Script;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The kernel as notebooks use it, without Jupyter. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CoppiceKernelTest {
  private final CoppiceKernel kernel = new CoppiceKernel(Settings.plain("test"));
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private Heard heard;
  private int cell;

  @TempDir Path folder;

  @BeforeAll
  void ownTheStreams() {
    System.setOut(new PrintStream(kernel.stream("stdout", out), false, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(kernel.stream("stderr", err), false, StandardCharsets.UTF_8));
  }

  @AfterAll
  void giveBackTheStreams() {
    System.setOut(out);
    System.setErr(err);
    kernel.close();
  }

  private CellResult run(String code) {
    heard = new Heard();
    return kernel.execute(code, ++cell, heard);
  }

  private String value(String code) {
    CellResult result = run(code);
    assertEquals(Optional.empty(), result.failure());
    return result.value().map(data -> (String) data.getData(MIMEType.TEXT_PLAIN)).orElse(null);
  }

  private List<String> failure(String code) {
    return run(code).failure().orElseThrow().lines().stream()
        .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", ""))
        .toList();
  }

  @Test
  void theLastExpressionIsTheValue() {
    assertEquals("3", value("int a = 1;\nint b = 2;\na + b"));
    assertEquals(null, value("a + b;\nint c = 9;"));
    assertEquals(null, value("a = 4"));
    assertEquals(null, value(""));
    assertEquals(null, value("// nothing"));
    assertEquals(null, value("null"));
    assertEquals("dense", value("dense().name()"));
  }

  @Test
  void textsAndDisplaysComeInOrder() {
    assertEquals(
        "9",
        value(
            """
            System.out.print("a\\n");
            System.err.print("b");
            System.out.print("c");
            String id = display("shown");
            System.out.print("d");
            updateDisplay(id, "again");
            9
            """));
    assertEquals(
        List.of("stdout:a\n", "stderr:b", "stdout:c", "display:shown", "stdout:d", "update:again"),
        heard.events());
  }

  @Test
  void theNameOfADisplayIsNoValue() {
    assertEquals(null, value("display(\"x\")"));
    assertEquals(null, value("show(3)"));
    assertEquals(List.of("display:3"), heard.events());
  }

  @Test
  void typesCanBeAskedFor() {
    DisplayData data = run("render(\"<b>x</b>\", \"text/html\")").value().orElseThrow();
    assertEquals("<b>x</b>", data.getData(MIMEType.TEXT_HTML));
  }

  @Test
  void whatHasHtmlShowsIt() {
    run("public class Page { public String toHtml() { return \"<i>\"; } }");
    DisplayData data = run("new Page()").value().orElseThrow();
    assertEquals("<i>", data.getData(MIMEType.TEXT_HTML));
    assertTrue(((String) data.getData(MIMEType.TEXT_PLAIN)).contains("Page"));
  }

  @Test
  void evalRunsInTheSameShell() {
    assertEquals("8", value("int seven = 7;\neval(\"seven + 1\")"));
  }

  @Test
  void whatDoesNotCompileIsMarked() {
    assertEquals(
        List.of(
            "cannot find variable öäüß",
            "cell " + (cell + 1) + ", line 2",
            "    1  int x1 = 1;",
            ">   2  int y1 = x1 + öäüß;",
            "                     ^^^^",
            "    3  x1"),
        failure("int x1 = 1;\nint y1 = x1 + öäüß;\nx1"));
    assertEquals("1", value("x1"));
  }

  @Test
  void whatIsMeantIsSaid() {
    List<String> lines = failure("desne()");
    assertEquals("Did you mean 'dense'?", lines.get(lines.size() - 1));
  }

  @Test
  void whatIsThrownIsShownWithItsCause() {
    value("int deep(String s) {\n  return Integer.parseInt(s);\n}");
    int first = cell;
    List<String> lines =
        failure(
            "try {\n  deep(\"x\");\n} catch (Exception e) {\n  throw new Error(\"odd\", e);\n}");
    assertEquals("java.lang.Error: odd", lines.get(0));
    assertTrue(lines.contains(">   4    throw new Error(\"odd\", e);"), lines::toString);
    assertTrue(lines.contains("    at cell " + cell + ", line 4"), lines::toString);
    int cause = lines.indexOf("Caused by java.lang.NumberFormatException: For input string: \"x\"");
    assertTrue(cause > 0, lines::toString);
    assertTrue(lines.indexOf("    at cell " + first + ", line 2 in deep") > cause);
  }

  @Test
  void theFrameworksErrorsAreOneSentence() {
    String code = "var m = magnitude()\n    .global()\n    .keep(1.5)\n    .oneShot();";
    List<String> lines = failure(code);
    assertTrue(lines.get(0).startsWith("keep is 1.5; allowed: "), lines::toString);
    assertTrue(lines.stream().noneMatch(line -> line.contains(" at ")), lines::toString);
    CellFailure failure = run(code).failure().orElseThrow();
    assertEquals("RecipeException", failure.name());
    assertTrue(failure.stack().orElseThrow().contains("\tat io.coppice"));
  }

  @Test
  void renderersMayFailInAnyWay() {
    run(
        """
        class Bad { public String toString() { throw new StackOverflowError(); } }
        class Odd { public String toString() { return "odd"; } }
        getKernelInstance().getRenderer().createRegistration(Odd.class).preferring("text/html")
            .register((odd, context) -> { throw new LinkageError("no"); });
        """);
    assertEquals("odd", value("new Odd()"));
    assertTrue(heard.text("stderr").contains("rendering of"), heard.events()::toString);
    assertTrue(value("new Bad()").contains("Bad@"));
    assertEquals("1", value("1"));
  }

  @Test
  void redefinedClassesAndMethodsAreUsed() {
    value("class Twice { int x() { return 1; } }\nint f2() { return new Twice().x(); }");
    assertEquals("1", value("f2()"));
    value("class Twice { int x() { return 2; } }");
    assertEquals("2", value("f2()"));
    value("int f2() { return 3; }");
    assertEquals("3", value("f2()"));
    assertEquals("5", value("int again = 5;\nagain"));
    assertEquals("5", value("int again = 5;\nagain"));
  }

  @Test
  void muchOutputIsCut() {
    assertEquals(
        "done",
        value(
            """
            String line = "0123456789".repeat(100) + "\\n";
            for (int i = 0; i < 100_000; i++) { System.out.print(line); }
            System.out.println("the end");
            "done"
            """));
    String text = heard.text("stdout");
    assertTrue(text.length() < CellOutput.LIMIT_BYTES + 10_000, "" + text.length());
    assertTrue(text.contains("[cut here after 1.0 MB"), text.substring(1_000_000));
    assertTrue(text.contains("[99.1 MB left out; the last lines:]"), text.substring(1_000_000));
    assertTrue(text.endsWith("the end\n"));
  }

  @Test
  void charactersAreNotTornApart() {
    value("for (int i = 0; i < 50_000; i++) { System.out.print(\"é😀\"); }");
    assertEquals("é😀".repeat(50_000), heard.text("stdout"));
  }

  @Test
  void linesCanBeAskedFor() {
    java.io.InputStream before = System.in;
    System.setIn(kernel.input());
    try {
      heard = new Heard("Ada", "37");
      CellResult result =
          kernel.execute(
              "var in = new Scanner(System.in);\nin.nextLine() + in.nextInt()", ++cell, heard);
      assertEquals("Ada37", result.value().orElseThrow().getData(MIMEType.TEXT_PLAIN));
    } finally {
      System.setIn(before);
    }
  }

  private CellFailure interruptedAfterSayingGo(String code) throws Exception {
    heard = new Heard();
    CompletableFuture<CellResult> result =
        CompletableFuture.supplyAsync(() -> kernel.execute(code, ++cell, heard));
    while (!heard.text("stdout").contains("go")) {
      Thread.sleep(5);
    }
    kernel.interrupt();
    return result.get(60, TimeUnit.SECONDS).failure().orElseThrow();
  }

  @Test
  void anInterruptionEndsWhatSleepsAndWhatLoops() throws Exception {
    for (String code :
        List.of(
            "System.out.println(\"go\");\nThread.sleep(100_000);",
            "System.out.println(\"go\");\nwhile (true) {}",
            "System.out.println(\"go\");\nint n = 0;\ndo { n++; } while (true);")) {
      assertEquals("the cell was interrupted", interruptedAfterSayingGo(code).message());
      assertEquals("1", value("int one = 1;\none"));
    }
  }

  @Test
  void anInterruptedTrainingSaysThatItCanBeResumed() throws Exception {
    CellFailure failure =
        interruptedAfterSayingGo(
            """
            try {
              System.out.println("go");
              Thread.sleep(100_000);
            } catch (InterruptedException e) {
              throw new io.coppice.framework.training.TrainingInterruptedException(3);
            }
            """);
    assertEquals("Interrupted", failure.name());
    assertEquals("interrupted after 3 epochs; running it again resumes there", failure.message());
  }

  @Test
  void aStudyCanListenPolitely() throws Exception {
    heard = new Heard();
    CompletableFuture<CellResult> result =
        CompletableFuture.supplyAsync(
            () ->
                kernel.execute(
                    "System.out.println(\"go\");\n"
                        + "while (!Thread.currentThread().isInterrupted()) {}\n\"left\"",
                    ++cell,
                    heard));
    while (!heard.text("stdout").contains("go")) {
      Thread.sleep(5);
    }
    kernel.interrupt();
    CellResult ended = result.get(60, TimeUnit.SECONDS);
    assertEquals("Interrupted", ended.failure().orElseThrow().name());
    assertFalse(heard.text("stdout").contains("left"));
  }

  @Test
  void magicsAreLinesOutsideOfStatements() {
    Cell parts =
        Cell.of(
            new Script(
                "", "f()\n%jars a.jar\nString s = \"\"\"\n%d\n\"\"\";\nif (x) {\n%y\n}\n%load z"));
    assertEquals(
        List.of("jars a.jar", "load z"),
        parts.parts().stream()
            .filter(Cell.LineMagic.class::isInstance)
            .map(part -> ((Cell.LineMagic) part).call())
            .toList());
  }

  @Test
  void magicsRunInTheirPlace() throws Exception {
    Path script = Files.writeString(folder.resolve("more.jsh"), "int loaded = 40;");
    assertEquals("42", value("int two = 2;\n%load " + script + "\nloaded + two"));
    assertEquals("42", value("lineMagic(\"load\", List.of(\"" + script + "\"));\nloaded + two"));
    List<String> lines = failure("%jrs x");
    assertTrue(lines.get(0).contains("jrs"), lines::toString);
  }

  @Test
  void foldersJoinTheClassPath() throws Exception {
    Path source = folder.resolve("Extra.java");
    Files.writeString(source, "package extra; public class Extra { public static int X = 6; }");
    Path classes = Files.createDirectories(folder.resolve("classes"));
    javax.tools.ToolProvider.getSystemJavaCompiler()
        .run(null, null, null, "-d", classes.toString(), source.toString());
    assertEquals("6", value("%classpath " + classes + "\nextra.Extra.X"));
    assertTrue(failure("%jars " + folder + "/*.no").get(0).contains("allowed: a path"));
  }

  @Test
  void completionKnowsTheWordsTheirSignaturesAndTheCell() {
    Completion found = kernel.completion("dens", 4);
    assertEquals(List.of("dense()"), found.texts());
    assertEquals(0, found.from());
    assertTrue(found.matches().get(0).signature().contains("Coppice.dense()"), found::toString);
    String code = "int x = 3;\nvar m = magnitude().gl";
    assertTrue(kernel.completion(code, code.length()).texts().contains("global()"));
    String local = "String hello = \"\";\nhello.isEmp";
    assertTrue(kernel.completion(local, local.length()).texts().contains("isEmpty()"));
    assertEquals(List.of("%jars"), kernel.completion("%ja", 3).texts());
  }

  @Test
  void inspectionTellsSignatures() {
    String code = "magnitude().keep(0.2)";
    String text =
        (String) kernel.inspect(code, code.indexOf("ee"), false).getData(MIMEType.TEXT_PLAIN);
    assertTrue(text.contains("keep(double"), text);
    assertEquals(null, kernel.inspect("  ", 1, false));
  }

  @Test
  void whatIsCompleteIsKnown() {
    assertEquals("complete", kernel.isComplete("int x = 3;\nx"));
    assertEquals("complete", kernel.isComplete("%jars x.jar"));
    assertEquals("    ", kernel.isComplete("for (int i = 0; i < 3; i++) {"));
    assertEquals("        ", kernel.isComplete("class A {\n  void f() {"));
    assertEquals("invalid", kernel.isComplete("int x = );"));
  }

  @Test
  void startUpScriptsAndOptionsAreIJavas() throws Exception {
    Path script = Files.writeString(folder.resolve("start.jshell"), "int fromFile = 1;");
    Settings settings =
        Settings.of(
            "test",
            Map.of(
                "IJAVA_STARTUP_SCRIPTS_PATH", folder + "/*.jshell",
                "IJAVA_STARTUP_SCRIPT", "int inline = fromFile + 1;\nthrow new Error(\"x\");",
                "IJAVA_COMPILER_OPTS", "-Xlint:none",
                "IJAVA_TIMEOUT", "1 SECONDS"));
    assertEquals(List.of("-Xlint:none"), settings.compilerOptions());
    try (CoppiceKernel other = new CoppiceKernel(settings)) {
      Heard first = new Heard();
      CellResult result = other.execute("inline", 1, first);
      assertEquals("2", result.value().orElseThrow().getData(MIMEType.TEXT_PLAIN));
      assertTrue(first.text("stderr").contains("java.lang.Error: x"), first.events()::toString);
      CellResult endless = other.execute("while (true) {}", 2, new Heard());
      assertEquals("Interrupted", endless.failure().orElseThrow().name());
    }
    assertTrue(Files.exists(script));
  }
}
