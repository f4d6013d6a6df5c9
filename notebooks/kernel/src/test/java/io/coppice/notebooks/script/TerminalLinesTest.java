package io.coppice.notebooks.script;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is written for JShell's terminal runs as a script. */
class TerminalLinesTest {
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

  private void fails(String text, String... lines) {
    ScriptException failure = assertThrows(ScriptException.class, () -> values(text));
    assertEquals(List.of(lines), failure.getMessage().lines().toList());
  }

  @Test
  void aLineMayEndAStatement() {
    assertEquals(
        List.of(3, 4, 7),
        values("int x = Math.abs(3) // three\nint y = Math.abs(4)\nimport java.net.*\nx + y\n"));
    assertEquals(List.of(1, 2), values("Math.abs(1)\nMath.abs(2);"));
    fails("int x = 3 4;\nx", "study.jsh:1: ';' expected", "    int x = 3 4;");
    fails("int y = 1\nint z = )", "study.jsh:2: illegal start of expression", "    int z = )");
  }

  @Test
  void aLineExitEndsTheScript() {
    assertEquals(List.of(3, 4), values("int x = 3;\nx + 1\n/exit\nnonsense ( {"));
    assertEquals(List.of("a\n/exit\n"), values("\"\"\"\na\n/exit\n\"\"\"\n/exit"));
    assertEquals(List.of(2), values("/*\n/exit\n*/\n2"));
    assertEquals(List.of(8, 2, 4), values("int a = 8; int b = 2;\na\n/ b"));
    assertEquals(List.of(), values("/exit"));
  }

  @Test
  void otherCommandsOfJShellAreNamed() {
    fails(
        "int x = 3;\n/set feedback concise\nx\n",
        "study.jsh:2: of JShell's commands only /exit is known here",
        "    /set feedback concise");
    fails("/exit 7\n", "study.jsh:1: of JShell's commands only /exit is known here", "    /exit 7");
  }
}
