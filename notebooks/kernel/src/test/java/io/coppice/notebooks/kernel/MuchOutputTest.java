package io.coppice.notebooks.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What no browser could show is cut. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MuchOutputTest {
  private final Session session = new Session();

  @AfterAll
  void close() {
    session.close();
  }

  @Test
  void muchOutputIsCut() {
    assertEquals(
        "done",
        session.value(
            """
            String line = "0123456789".repeat(100) + "\\n";
            for (int i = 0; i < 100_000; i++) { System.out.print(line); }
            System.out.println("the end");
            "done"
            """));
    String text = session.heard().text("stdout");
    assertTrue(text.length() < CellOutput.LIMIT_BYTES + 10_000, "" + text.length());
    assertTrue(text.contains("[cut here after 1.0 MB"), text.substring(1_000_000));
    assertTrue(text.contains("[99.1 MB left out; the last lines:]"), text.substring(1_000_000));
    assertTrue(text.endsWith("the end\n"));
  }

  @Test
  void charactersAreNotTornApart() {
    session.value("for (int i = 0; i < 50_000; i++) { System.out.print(\"é😀\"); }");
    assertEquals("é😀".repeat(50_000), session.heard().text("stdout"));
  }

  private static void cut(String text, String size) {
    assertTrue(text.length() < DisplayLimit.TEXT_CHARACTERS + 100, "" + text.length());
    assertTrue(text.endsWith("\n[cut here after 1,000,000 of " + size + " characters]"));
  }

  @Test
  void aHugeValueIsCut() {
    cut(session.value("\"x\".repeat(100_000_000)"), "100,000,000");
    String text = session.value("\"x\" + \"😀\".repeat(1_000_000)");
    assertTrue(text.endsWith("😀\n[cut here after 999,999 of 2,000,001 characters]"));
    assertEquals("x".repeat(1_000_000), session.value("\"x\".repeat(1_000_000)"));
  }

  @Test
  void aHugeDisplayAndItsUpdateAreCut() {
    session.value("String id = display(\"x\".repeat(2_000_000));");
    cut(session.heard().events().get(0), "2,000,000");
    session.value("updateDisplay(id, \"x\".repeat(3_000_000));");
    cut(session.heard().events().get(0), "3,000,000");
  }

  @Test
  void aHugePageIsLeftOut() {
    session.value("display(\"<p>\".repeat(10_000_000), \"text/html\");");
    assertEquals(
        "<p>[HTML of 30,000,000 characters is left out; at most 10,000,000 are shown]</p>",
        session.heard().shown(0).getData(MIMEType.TEXT_HTML));
    session.run(
        "public class Lengthy { public String toHtml() { return \"<p>\".repeat(4_000_000); } }");
    DisplayData data = session.data("new Lengthy()");
    assertTrue(((String) data.getData(MIMEType.TEXT_HTML)).contains("12,000,000"));
    assertTrue(((String) data.getData(MIMEType.TEXT_PLAIN)).contains("Lengthy@"));
    data = session.data("render(\"<p>\".repeat(3_000_000), \"text/html\")");
    assertEquals(9_000_000, ((String) data.getData(MIMEType.TEXT_HTML)).length());
  }

  @Test
  void aHugeMessageIsCut() {
    CellFailure failure =
        session.run("throw new Error(\"x\".repeat(20_000_000));").failure().orElseThrow();
    cut(failure.message(), "20,000,000");
    assertTrue(failure.lines().stream().mapToLong(String::length).sum() < 3_000_000);
  }
}
