package io.coppice.notebooks.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the kernel knows of code that is being written. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CompletionTest {
  private final Session session = new Session();

  /** As the launcher does. */
  @BeforeAll
  void home() throws IOException {
    System.setProperty("coppice.home", Path.of("../..").toRealPath().toString());
  }

  @AfterAll
  void close() {
    System.clearProperty("coppice.home");
    session.close();
  }

  private Completion completion(String code) {
    return session.kernel().completion(code, code.length());
  }

  @Test
  void itKnowsTheWordsAndTheCell() {
    Completion found = completion("dens");
    assertEquals(List.of("dense()"), found.texts());
    assertEquals(0, found.from());
    assertTrue(completion("int x = 3;\nvar m = magnitude().gl").texts().contains("global()"));
    assertTrue(completion("String hello = \"\";\nhello.isEmp").texts().contains("isEmpty()"));
  }

  @Test
  void itKnowsTheMagics() {
    assertEquals(List.of("%jars"), completion("%ja").texts());
    assertEquals(List.of("%maven", "%mavenRepo"), completion("int x = 3;\nvar s = %mav").texts());
    assertEquals(List.of("%%loadFromPOM"), completion("%%l").texts());
  }

  @Test
  void wordsHaveTheSignaturesOfAllOverloadsAndTheFirstSentence() {
    Completion.Match dense = completion("dens").matches().get(0);
    assertEquals("function", dense.kind());
    assertTrue(dense.signatures().contains("Coppice.dense()"), dense::signatures);
    Completion.Match index = completion("\"\".lastIndexO").matches().get(0);
    assertEquals(4, index.signatures().lines().count(), index::signatures);
    assertTrue(index.signatures().contains("(int ch, int fromIndex)"), index::signatures);
    assertEquals("The network as it is: the baseline of every table", dense.sentence());
  }

  /** The first reading of the sources may take all the time that there is for sentences. */
  @Test
  void javadocIsReadFromCoppicesSources() {
    completion("stud");
    assertEquals("Begins a study.", completion("stud").matches().get(0).sentence());
  }

  @Test
  void sentencesEndWithTheirFullStop() {
    assertEquals(
        "Keeps 0.5 of W, as {n} does.",
        JavadocText.firstSentence(
            JavadocText.of("Keeps 0.5 of <b>W</b>,\n as {n} does. More.\n@param x no")));
    assertEquals("No stop", JavadocText.firstSentence(JavadocText.of("No stop<p>Another")));
  }

  @Test
  void inspectionTellsSignatures() {
    String code = "magnitude().keep(0.2)";
    String text =
        (String)
            session.kernel().inspect(code, code.indexOf("ee"), false).getData(MIMEType.TEXT_PLAIN);
    assertTrue(text.contains("keep(double"), text);
    text = (String) session.kernel().inspect("dense()", 2, false).getData(MIMEType.TEXT_PLAIN);
    assertTrue(text.endsWith("\nThe network as it is: the baseline of every table"), text);
    assertNull(session.kernel().inspect("  ", 1, false));
  }

  @Test
  void whatIsCompleteIsKnown() {
    assertEquals("complete", session.kernel().isComplete("int x = 3;\nx"));
    assertEquals("complete", session.kernel().isComplete("%jars x.jar"));
    assertEquals("    ", session.kernel().isComplete("for (int i = 0; i < 3; i++) {"));
    assertEquals("        ", session.kernel().isComplete("class A {\n  void f() {"));
    assertEquals("invalid", session.kernel().isComplete("int x = );"));
  }
}
