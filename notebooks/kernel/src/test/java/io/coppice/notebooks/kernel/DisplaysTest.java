package io.coppice.notebooks.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What cells print and show. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DisplaysTest {
  private final Session session = new Session();

  @AfterAll
  void close() {
    session.close();
  }

  @Test
  void textsAndDisplaysComeInOrder() {
    assertEquals(
        "9",
        session.value(
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
        session.heard().events());
  }

  @Test
  void theNameOfADisplayIsNoValue() {
    assertNull(session.value("display(\"x\")"));
    assertNull(session.value("show(3)"));
    assertEquals(List.of("display:3"), session.heard().events());
  }

  @Test
  void typesCanBeAskedFor() {
    DisplayData data = session.data("render(\"<b>x</b>\", \"text/html\")");
    assertEquals("<b>x</b>", data.getData(MIMEType.TEXT_HTML));
    session.value(
        """
        String typed = display("<b>y</b>", "text/html");
        updateDisplay(typed, "# z", "text/markdown");
        """);
    assertEquals("<b>y</b>", session.heard().shown(0).getData(MIMEType.TEXT_HTML));
    assertEquals("# z", session.heard().shown(1).getData(MIMEType.TEXT_MARKDOWN));
    assertEquals(session.heard().shown(0).getDisplayId(), session.heard().shown(1).getDisplayId());
  }

  @Test
  void whatHasHtmlShowsIt() {
    session.run("public class Page { public String toHtml() { return \"<i>\"; } }");
    DisplayData data = session.data("new Page()");
    assertEquals("<i>", data.getData(MIMEType.TEXT_HTML));
    assertTrue(((String) data.getData(MIMEType.TEXT_PLAIN)).contains("Page"));
  }

  @Test
  void renderersMayFailInAnyWay() {
    session.run(
        """
        class Bad { public String toString() { throw new StackOverflowError(); } }
        class Odd { public String toString() { return "odd"; } }
        getKernelInstance().getRenderer().createRegistration(Odd.class).preferring("text/html")
            .register((odd, context) -> { throw new LinkageError("no"); });
        """);
    assertEquals("odd", session.value("new Odd()"));
    assertTrue(session.heard().text("stderr").contains("rendering of"));
    assertTrue(session.value("new Bad()").contains("Bad@"));
    assertEquals("1", session.value("1"));
  }

  @Test
  void aThreadOfAPoolThatAllShareShowsInTheCell() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    ForkJoinPool.commonPool().execute(begun::countDown);
    begun.await();
    session.value(
        """
        CountDownLatch shown = new CountDownLatch(1);
        ForkJoinPool.commonPool().execute(() -> { display("pooled"); shown.countDown(); });
        shown.await();
        IntStream.range(0, 100).parallel().forEach(i -> display(i));
        """);
    assertEquals("display:pooled", session.heard().events().get(0));
    assertEquals(101, session.heard().events().size());
  }

  @Test
  void amongTwoKernelsAStrangersThreadHasNone() {
    assertEquals(session.kernel(), CoppiceKernel.getKernelInstance());
    try (CoppiceKernel other = new CoppiceKernel(Settings.plain("test"))) {
      assertTrue(CoppiceKernel.current().isEmpty());
      String own = Integer.toString(System.identityHashCode(session.kernel()));
      assertEquals(own, session.value("System.identityHashCode(getKernelInstance())"));
    }
  }
}
