package io.coppice.notebooks.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.method.Dense;
import io.coppice.framework.recipe.RecipeException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScriptRunnerTest {
  private final ScriptRunner runner = new ScriptRunner();

  @AfterEach
  void close() {
    runner.close();
  }

  private List<Object> values(String text) {
    List<Object> values = new ArrayList<>();
    runner.run(new Script("study.jsh", text), values::add);
    return values;
  }

  private ScriptException failure(String text) {
    return assertThrows(ScriptException.class, () -> values(text));
  }

  private void fails(String text, String... lines) {
    assertEquals(List.of(lines), failure(text).getMessage().lines().toList());
  }

  @Test
  void valuesAreObjectsAndImportsAreThere() {
    List<Object> values =
        values("// a comment\nMethod m =\n    dense();\n/* another */ m.name()\n");
    assertInstanceOf(Dense.class, values.get(0));
    assertEquals("dense", values.get(1));
  }

  @Test
  void nullAndStatementsAreNoValues() {
    assertEquals(List.of(7), values("String s = null; int x = 7; for (int i = 0; i < 2; i++) {}"));
  }

  @Test
  void anEmptyScriptIsDone() {
    assertEquals(List.of(), values("\n// only a comment\n/* and\nanother */"));
    assertEquals(List.of(), values(""));
  }

  @Test
  void wrongMethodGetsTheRightOne() {
    fails(
        "\nvar methods = List.of(\n    dense(),\n    desne());\n",
        "study.jsh:4: cannot find method desne()",
        "    desne());",
        "Did you mean 'dense'?");
  }

  @Test
  void wrongMemberGetsTheRightOne() {
    fails(
        "var name = dense()\n    .nmae();\n",
        "study.jsh:2: cannot find method nmae()",
        "    .nmae();",
        "Did you mean 'name'?");
  }

  @Test
  void wrongTypeOfVariableGetsTheRightOne() {
    fails(
        "Resluts results = null;",
        "study.jsh:1: cannot find class Resluts",
        "    Resluts results = null;",
        "Did you mean 'Results'?");
  }

  @Test
  void syntaxErrorNamesItsLine() {
    fails(
        "int x = 3;\n\nint y = (x + ;\n",
        "study.jsh:3: illegal start of expression",
        "    int y = (x + ;");
  }

  @Test
  void unfinishedStatementNamesItsFirstLine() {
    fails(
        "int x = 3;\n\nint y = List.of(\n  3,\n",
        "study.jsh:3: this statement has no end",
        "    int y = List.of(");
  }

  @Test
  void typeErrorHasNoHint() {
    fails(
        "int x = 3;\nint y = \"a\";",
        "study.jsh:2: incompatible types: java.lang.String cannot be converted to int",
        "    int y = \"a\";");
  }

  @Test
  void thrownInAChainNamesTheLineOfTheCall() {
    fails(
        "int x = 1; // first\n\n/* long\n comment */\nvar y = Optional.empty()\n    .get();\n",
        "study.jsh:6: java.util.NoSuchElementException: No value present",
        "    .get();");
  }

  @Test
  void thrownInAMethodNamesTheLineOfTheMethod() {
    ScriptException failure =
        failure(
            "int f() {\n  throw new io.coppice.framework.recipe.RecipeException(\"keep is 2\");\n}\nf()");
    assertTrue(failure.getMessage().startsWith("study.jsh:2: keep is 2"), failure::getMessage);
    assertInstanceOf(RecipeException.class, failure.getCause());
  }

  @Test
  void errorsAreFailuresToo() {
    ScriptException failure = failure("throw new OutOfMemoryError(\"no room\");");
    assertInstanceOf(OutOfMemoryError.class, failure.getCause());
  }

  @Test
  void methodsMayComeBeforeWhatTheyUse() {
    assertEquals(List.of(4), values("int f() { return g(); }\nint g() { return 4; }\nf()"));
  }

  @Test
  void methodThatUsesWhatIsNowhere() {
    fails("int f() { return g(); }\n\nf();\n", "study.jsh:3: not defined: method g()", "    f();");
  }

  @Test
  void aPartIsRunAndItsLastExpressionReturned() {
    Script script = new Script("cell 1", "int x = 3;\nx + 1\n%magic\nx = 9\nx");
    int magic = script.startOf(3);
    assertEquals(4, runner.run(script, 0, magic, value -> {}));
    Script assignment = new Script("cell 2", "x = 5");
    assertEquals(null, runner.run(assignment, 0, 5, value -> {}));
    assertEquals(5, runner.run(script, script.startOf(5), script.text().length(), value -> {}));
  }

  @Test
  void theTraceNamesScriptsAndCauses() {
    values("int f(String s) {\n  return Integer.parseInt(s);\n}");
    Script second =
        new Script(
            "second",
            "try {\n  f(\"x\");\n} catch (Exception e) {\n"
                + "  throw new IllegalStateException(\"odd\", e);\n}");
    ScriptException failure =
        assertThrows(ScriptException.class, () -> runner.run(second, value -> {}));
    Trace trace = failure.trace().orElseThrow();
    assertEquals("java.lang.IllegalStateException", trace.type());
    assertEquals(new Trace.InScript(second, 4, ""), trace.place().orElseThrow());
    Trace cause = trace.cause().orElseThrow();
    assertEquals("java.lang.NumberFormatException", cause.type());
    Trace.InScript inner = cause.place().orElseThrow();
    assertEquals(
        "study.jsh:2 f", inner.script().name() + ":" + inner.line() + " " + inner.method());
  }

  @Test
  void whatDoesNotCompileIsMarkedFromItsFirstToItsLastCharacter() {
    ScriptException failure = failure("int x = 1;\nint y = x + nothing;");
    assertEquals("nothing", failure.script().text().substring(failure.from(), failure.to()));
  }

  @Test
  void anEndlessLoopCanBeStopped() throws Exception {
    List<Throwable> thrown = new ArrayList<>();
    ScriptThread thread =
        new ScriptThread(
            () -> {
              try {
                values("while (true) { try { Thread.onSpinWait(); } catch (Exception e) {} }");
              } catch (ScriptException e) {
                thrown.add(e.getCause());
              }
            },
            "test");
    thread.setDaemon(true);
    thread.start();
    thread.ask();
    thread.stopLoops();
    thread.join(60_000);
    assertInstanceOf(ScriptThread.StoppedError.class, thrown.get(0));
  }

  @Test
  void classesAndMethodsCanBeRedefined() {
    values("class A { int x() { return 1; } }\nint f() { return new A().x(); }\nvar a = new A();");
    assertEquals(List.of(2), values("class A { int x() { return 2; } }\nf()"));
    assertEquals(List.of("new"), values("String f() { return \"new\"; }\nf()"));
  }

  @Test
  void runsOnTheCallersThread() {
    assertSame(Thread.currentThread(), values("Thread.currentThread()").get(0));
  }
}
