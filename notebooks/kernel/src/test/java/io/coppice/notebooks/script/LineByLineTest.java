package io.coppice.notebooks.script;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class LineByLineTest {

  @Test
  void chainsAreJoinedAndKeepTheirLines() {
    assertEquals(
        "a() /*\n*/.b() /*\n\n*/.c();", LineByLine.joined("a()\n    .b() // x\n // y\n .c();"));
    assertEquals("a() /*\n*/.b()", LineByLine.joined("a() \r\n.b()"));
  }

  @Test
  void otherTextsStay() {
    for (String text :
        new String[] {
          "a();\nb();\n",
          "String s = \"\"\"\n  a\n  .b\n\"\"\";",
          "\"a\\\"//\";\n'\"'; // .c\nd",
          "/* a\n .b */ c",
          "double d = 1\n  + .5\n  ;\n",
          "// x\n\n// y",
          "var s = \"\"\"\n" + "x\\n \" \\\n".repeat(50_000) + ".q\"\"\";"
        }) {
      assertEquals(text, LineByLine.joined(text));
    }
  }
}
