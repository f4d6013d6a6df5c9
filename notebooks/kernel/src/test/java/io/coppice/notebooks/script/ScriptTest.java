package io.coppice.notebooks.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ScriptTest {
  private final Script script = new Script("s", "a\n\n // x\n /* y\n */ b // z");

  @Test
  void countsLinesFromOne() {
    assertEquals(1, script.lineAt(0));
    assertEquals(1, script.lineAt(1));
    assertEquals(2, script.lineAt(2));
    assertEquals(5, script.lineAt(script.text().indexOf('b')));
    assertEquals(" */ b // z", script.line(5));
    assertEquals("", script.line(6));
  }

  @Test
  void skipsBlanksAndComments() {
    assertEquals(0, script.skipBlanks(0));
    assertEquals(script.text().indexOf('b'), script.skipBlanks(1));
    assertEquals(script.text().length(), script.skipBlanks(script.text().indexOf('b') + 1));
  }
}
