package io.coppice.notebooks.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The stop button. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InterruptionTest {
  private final Session session = new Session();

  @AfterAll
  void close() {
    session.close();
  }

  @Test
  void anInterruptionEndsWhatSleepsAndWhatLoops() throws Exception {
    for (String code :
        List.of(
            "System.out.println(\"go\");\nThread.sleep(100_000);",
            "System.out.println(\"go\");\nwhile (true) {}",
            "System.out.println(\"go\");\nint n = 0;\ndo { n++; } while (true);")) {
      CellFailure failure = session.interrupted(code).failure().orElseThrow();
      assertEquals("the cell was interrupted", failure.message());
      assertEquals("1", session.value("int one = 1;\none"));
    }
  }

  @Test
  void anInterruptedTrainingSaysThatItCanBeResumed() throws Exception {
    CellFailure failure =
        session
            .interrupted(
                """
                try {
                  System.out.println("go");
                  Thread.sleep(100_000);
                } catch (InterruptedException e) {
                  throw new io.coppice.framework.training.TrainingInterruptedException(3);
                }
                """)
            .failure()
            .orElseThrow();
    assertEquals("Interrupted", failure.name());
    assertEquals("interrupted after 3 epochs; running it again resumes there", failure.message());
  }

  @Test
  void timingsStopToo() throws Exception {
    CellFailure failure =
        session
            .interrupted(
                """
                Pass slow = new Pass() {
                  public void run() {
                    System.out.println("go");
                    long end = System.nanoTime() + 1_000_000;
                    while (System.nanoTime() < end) { Thread.onSpinWait(); }
                  }
                  public void close() {}
                };
                new MedianTimer(100_000, 10).microseconds(List.of(slow));
                """)
            .failure()
            .orElseThrow();
    assertEquals("interrupted while timing; running it again resumes there", failure.message());
  }

  @Test
  void aStudyCanListenPolitely() throws Exception {
    CellResult ended =
        session.interrupted(
            "System.out.println(\"go\");\n"
                + "while (!Thread.currentThread().isInterrupted()) {}\n\"left\"");
    assertEquals("Interrupted", ended.failure().orElseThrow().name());
    assertFalse(session.heard().text("stdout").contains("left"));
  }
}
