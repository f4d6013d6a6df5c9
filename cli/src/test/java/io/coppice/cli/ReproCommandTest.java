package io.coppice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.run.Progress;
import io.coppice.framework.run.Study;
import io.coppice.notebooks.script.Script;
import io.coppice.repro.Choice;
import io.coppice.repro.Paper;
import io.coppice.repro.Papers;
import io.coppice.repro.Quick;
import io.coppice.repro.Reproduction;
import io.coppice.testing.Needs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReproCommandTest {
  private static final Papers PAPERS = new Papers(Path.of("..", "paper-repro"));

  /** Accuracies of quick runs differ between processors, by a few of 3,000 pictures at most. */
  private static final double SAME_ACCURACY = 0.02;

  private static final String SMALL =
      """
      var small = study("Small")
          .data(mnist1d().samples(300).validation(50))
          .model(mlp(10))
          .train(sgd(0.1).momentum(0.9).batch(50).epochs(%d))
          .compare(dense(), magnitude().keep(0.5).oneShot(epochs(1)))
          .seeds(1, 2, 3);
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  private int run(String... arguments) {
    Terminal terminal = new Terminal(false, false, 80);
    return Main.commandLine(terminal, terminal, () -> false, () -> {})
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(err))
        .execute(arguments);
  }

  static Stream<Object[]> scripts() {
    return PAPERS.all().stream()
        .flatMap(paper -> paper.scripts().stream().map(script -> new Object[] {paper, script}));
  }

  private static List<Study> studies(Paper paper, String script) throws IOException {
    return ReproCommand.studies(Script.read(paper.script(script)));
  }

  /** Otherwise the verdict speaks of an experiment that the script no longer says. */
  @ParameterizedTest
  @MethodSource("scripts")
  void committedRunsAreThoseOfTheScript(Paper paper, String script) throws IOException {
    List<Study> studies = studies(paper, script);
    assertFalse(studies.isEmpty());
    Reproduction reproduction = new Reproduction(paper, script, studies, folder);
    assertEquals(List.of(), reproduction.strangers());
  }

  /** The committed quick runs of a study are those of its script. */
  @ParameterizedTest
  @MethodSource("scripts")
  void quickRunsAreThoseOfTheScript(Paper paper, String script) throws IOException {
    List<Study> made = Quick.studies(studies(paper, script));
    List<Quick.Outcome> committed = Quick.read(paper);
    for (Study study : made) {
      List<String> plans = study.plans().stream().map(plan -> plan.hash()).toList();
      List<String> known =
          committed.stream()
              .filter(outcome -> outcome.study().equals(study.name()))
              .map(Quick.Outcome::run)
              .toList();
      assertTrue(plans.containsAll(known), study.name());
    }
  }

  /** One row is regenerated, short, and must come out as it did when it was committed. */
  @Test
  void aQuickRowComesOutAsCommitted() throws IOException {
    String data = System.getenv("COPPICE_DATA");
    Needs.that(data != null && !data.isBlank(), "COPPICE_DATA is not set: no row is regenerated");
    Paper paper = PAPERS.paper("switcher-networks");
    List<Study> row = Choice.row(paper, studies(paper, "study"), "connections-repaired");
    List<Quick.Outcome> committed = Quick.read(paper);
    for (Quick.Outcome now : Quick.run(row, new Progress() {})) {
      Quick.Outcome then =
          committed.stream()
              .filter(known -> known.run().equals(now.run()))
              .findFirst()
              .orElseThrow();
      assertEquals(then.accuracy(), now.accuracy(), SAME_ACCURACY, now.line());
      assertEquals(then.weights(), now.weights(), 0.02 * then.weights(), now.line());
    }
  }

  private Path smallPaper(int epochs) throws IOException {
    Path paper = Files.createDirectories(folder.resolve("small"));
    Files.writeString(paper.resolve("paper.md"), "# Small\n\nHalf is enough.\n");
    Files.writeString(paper.resolve("study.jsh"), SMALL.formatted(epochs));
    Files.writeString(
        paper.resolve("published.csv"),
        """
        row,network,method,accuracy,weights,test_images,study,ours,changes,note
        half,small,Half,5.00,250,50,Small,magnitude 50 %,,
        """);
    return paper;
  }

  @Test
  void twoProcessesShareAPaper() throws IOException {
    Path paper = smallPaper(40);
    String papers = folder.toString();
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    PrintStream before = System.err;
    System.setErr(new PrintStream(told, true, StandardCharsets.UTF_8));
    try {
      assertEquals(ExitCode.OK, run("repro", "small", "--papers", papers), err.toString());
    } finally {
      System.setErr(before);
    }
    assertFalse(told.toString(StandardCharsets.UTF_8).contains("process"), told::toString);
    assertTrue(out.toString().startsWith("half: Better: "), out.toString());
    assertTrue(Files.readString(paper.resolve("VERDICT.md")).contains("| Half | 5.00 at 250 |"));
    assertTrue(Files.exists(folder.resolve("index.html")));
    try (Stream<Path> runs = Files.list(paper.resolve("runs"))) {
      assertEquals(6, runs.filter(run -> Files.exists(run.resolve("result.json"))).count());
    }
    out.getBuffer().setLength(0);
    assertEquals(ExitCode.OK, run("repro", "--list", "--papers", papers));
    assertEquals("small  1 row: 1 better", out.toString().strip());
  }

  /** Its parent's end closes its standard input. */
  @Test
  void anAssistantEndsWithItsParent() throws IOException, InterruptedException {
    smallPaper(100_000);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    for (String name : List.of("ai.djl.offline", "ai.djl.pytorch.num_threads")) {
      command.add("-D" + name + "=" + System.getProperty(name));
    }
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("repro", "small", "--papers", folder.toString(), "--assist"));
    Process assistant =
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    try {
      for (int i = 0; i < 900 && !trains() && assistant.isAlive(); i++) {
        Thread.sleep(100);
      }
      assertTrue(assistant.isAlive() && trains(), "it works");
      assistant.getOutputStream().close();
      assertTrue(assistant.waitFor(90, TimeUnit.SECONDS), "it ends");
    } finally {
      assistant.destroyForcibly();
    }
  }

  private boolean trains() throws IOException {
    Path runs = folder.resolve("small/runs");
    if (!Files.exists(runs)) {
      return false;
    }
    try (Stream<Path> files = Files.list(runs)) {
      return files.anyMatch(run -> Files.exists(run.resolve("checkpoint")));
    }
  }

  @Test
  void wrongNamesArePutRight() throws IOException {
    smallPaper(2);
    String papers = folder.toString();
    assertEquals(ExitCode.USAGE, run("repro", "smal", "--papers", papers));
    assertEquals(ExitCode.USAGE, run("repro", "small", "--script", "studi", "--papers", papers));
    assertEquals(ExitCode.USAGE, run("repro", "small", "--row", "halve", "--papers", papers));
    assertEquals(
        List.of(
            "coppice: there is no paper 'smal'; did you mean 'small'?",
            "See 'coppice repro --help'.",
            "coppice: there is no script 'studi'; did you mean 'study'?",
            "See 'coppice repro --help'.",
            "coppice: there is no row 'halve'; did you mean 'half'?",
            "See 'coppice repro --help'."),
        err.toString().lines().collect(Collectors.toList()));
  }
}
