package io.coppice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.coppice.datasets.files.Published;
import io.coppice.dsl.Catalogue;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Command;

class MainTest {
  private static final String FRAMEWORK = "io.coppice.framework.";

  /** Two results of one run each; the first is a value twice. */
  private static final String RESULTS =
      """
      import io.coppice.framework.run.RunResult;
      import io.coppice.framework.training.EpochRow;
      Results results(String study) {
        EpochRow epoch = new EpochRow(1, 1, 1, 0.98, 100, true, 0.1, 1.5);
        Map<String, Double> metrics = Map.of("accuracy", 0.98, "nonzero", 100.0);
        RunResult run = new RunResult("dense", 1, "r", Optional.empty(), metrics, List.of(epoch));
        return Results.of(study, List.of(run), stored -> null);
      }
      Results first = results("first");
      first;
      results("second")
      """;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private boolean interrupted;

  @TempDir Path folder;

  private int run(String... arguments) {
    return runAt(80, arguments);
  }

  private int runAt(int width, String... arguments) {
    Terminal terminal = new Terminal(false, false, width);
    CommandLine all =
        Main.commandLine(terminal, terminal, () -> interrupted, () -> {})
            .addSubcommand("exhaust", new Exhaust())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err));
    return Main.execute(all, arguments);
  }

  /** A command that no memory is left for. */
  @Command
  static final class Exhaust implements Runnable {
    @Override
    public void run() {
      throw new OutOfMemoryError("Java heap space");
    }
  }

  private int runScript(String text, String... options) throws IOException {
    Path file = Files.writeString(folder.resolve("study.jsh"), text);
    String[] arguments = new String[options.length + 2];
    arguments[0] = "run";
    arguments[1] = file.toString();
    System.arraycopy(options, 0, arguments, 2, options.length);
    return run(arguments);
  }

  private void assertSaid(String... lines) {
    assertEquals(List.of(lines), err.toString().lines().toList());
  }

  @Test
  void errorsOfTheMachineAreSaidInALine() {
    assertEquals(ExitCode.FAILURE, run("exhaust"));
    assertSaid(
        "coppice: java.lang.OutOfMemoryError: Java heap space",
        "COPPICE_DEBUG=1 or --debug shows where.");
  }

  @Test
  void anErrorThatAnInterruptionCausedIsNoFailure() {
    interrupted = true;
    assertEquals(ExitCode.INTERRUPTED, run("exhaust"));
    assertSaid("coppice: stopped; what is trained is stored, and the same command resumes it");
  }

  @Test
  void everyCommandHasHelp() {
    CommandLine all = Main.commandLine(new Terminal(false, false, 80), null, () -> false, () -> {});
    for (String command : all.getSubcommands().keySet()) {
      assertEquals(ExitCode.OK, run(command, "--help"), command);
      assertTrue(out.toString().contains("Usage: coppice " + command), command);
    }
    assertEquals("", err.toString());
  }

  @Test
  void helpNamesTheExitCodes() {
    assertEquals(ExitCode.OK, run("--help"));
    for (int code : new int[] {0, 1, 2, 3, 4, 130}) {
      assertTrue(out.toString().lines().anyMatch(line -> line.matches(" +" + code + " +\\w.*")));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 80, 120})
  void helpFitsTheWidth(int width) {
    runAt(width, "--help");
    runAt(width, "quickstart", "--help");
    assertTrue(out.toString().lines().allMatch(line -> line.length() <= width), out::toString);
  }

  @Test
  void plainOutputHasNoEscapes() {
    run("--help");
    run("list");
    assertFalse(out.toString().contains("\u001b"));
  }

  @Test
  void versionIsTheBuilds() {
    assertEquals(ExitCode.OK, run("--version"));
    assertTrue(
        out.toString().matches("coppice \\d+\\.\\d+\\.\\d+\\S* \\(Java .*\\)\\R"), out::toString);
  }

  @Test
  void nothingIsAUsageErrorWithHelp() {
    assertEquals(ExitCode.USAGE, run());
    assertTrue(err.toString().startsWith("Usage: coppice"));
  }

  @ParameterizedTest
  @CsvSource({
    "quikstart,            there is no command 'quikstart'; did you mean 'quickstart'?, coppice",
    "list --jsno,          there is no option '--jsno'; did you mean '--json'?, coppice list",
    "list metods,          there is no kind 'metods'; did you mean 'methods'?, coppice list",
    "list shoes, 'there is no kind ''shoes''; allowed: data, methods, models', coppice list",
    "list data more,       'more' is one argument too many, coppice list",
    "quickstart --seeds 0, --seeds is 0; allowed: an integer of at least 1, coppice quickstart",
    "bench ops --threads 0, --threads is 0; allowed: an integer of at least 1, coppice bench ops",
    "bench ops --json a/b, --json is a/b; allowed: a file in a folder that exists, coppice bench"
        + " ops",
    "run,                  Missing required parameter: 'FILE.jsh', coppice run",
  })
  void wrongWordsGetTheRightOnes(String line, String message, String command) {
    assertEquals(ExitCode.USAGE, run(line.split(" ")));
    assertSaid("coppice: " + message, "See '" + command + " --help'.");
  }

  @Test
  void wrongNumberIsAUsageError() {
    assertEquals(ExitCode.USAGE, run("quickstart", "--seeds", "few"));
    assertEquals(2, err.toString().lines().count());
  }

  @Test
  void wrongFileGetsTheOneBesideIt() throws IOException {
    Files.writeString(folder.resolve("study.jsh"), "");
    assertEquals(ExitCode.USAGE, run("run", folder.resolve("stduy.jsh").toString()));
    assertSaid(
        "coppice: there is no file '%s'; did you mean '%s'?"
            .formatted(folder.resolve("stduy.jsh"), folder.resolve("study.jsh")),
        "See 'coppice run --help'.");
  }

  @Test
  void fileInNoFolderIsAUsageError() {
    assertEquals(ExitCode.USAGE, run("run", folder.resolve("no/study.jsh").toString()));
    assertEquals(ExitCode.USAGE, run("run", folder.toString()));
  }

  @Test
  void listShowsEveryWord() {
    assertEquals(ExitCode.OK, run("list"));
    for (Catalogue.Entry entry : Catalogue.standard().entries()) {
      assertTrue(
          out.toString().lines().anyMatch(line -> line.startsWith("  " + entry.word() + " ")),
          entry.word());
    }
  }

  @Test
  void listForProgramsIsJson() throws IOException {
    assertEquals(ExitCode.OK, run("list", "--json", "methods"));
    JsonNode rows = new ObjectMapper().readTree(out.toString());
    assertFalse(rows.isEmpty());
    for (JsonNode row : rows) {
      assertEquals("method", row.get("kind").asText());
      assertFalse(row.get("summary").asText().isEmpty());
      assertTrue(row.has("word") && row.has("paper"));
    }
  }

  @Test
  void listFoldsToTheWidth() {
    runAt(40, "list");
    assertTrue(out.toString().lines().allMatch(line -> line.length() <= 40), out::toString);
  }

  @Test
  void wrongRecipeIsAStudyErrorInTwoLines() throws IOException {
    String text = "\nthrow new " + FRAMEWORK + "recipe.RecipeException(\"keep is 2; allowed: 1\");";
    assertEquals(ExitCode.STUDY, runScript(text));
    assertSaid("coppice: study.jsh:2: keep is 2; allowed: 1", "    " + text.strip());
  }

  @Test
  void wrongJavaIsAStudyError() throws IOException {
    assertEquals(ExitCode.STUDY, runScript("int x = desne();"));
    assertSaid(
        "coppice: study.jsh:1: cannot find method desne()",
        "    int x = desne();",
        "Did you mean 'dense'?");
  }

  @Test
  void absentDataAreADataErrorHoweverDeep() throws IOException {
    String text =
        "throw new RuntimeException(new " + FRAMEWORK + "data.DataException(\"mnist is absent\"));";
    assertEquals(ExitCode.DATA, runScript(text));
    assertTrue(err.toString().contains("mnist is absent"));
  }

  @Test
  void anInterruptedTrainingCanBeResumed() throws IOException {
    String text = "throw new " + FRAMEWORK + "training.TrainingInterruptedException(3);";
    assertEquals(ExitCode.INTERRUPTED, runScript(text));
    assertSaid("coppice: stopped; what is trained is stored, and the same command resumes it");
  }

  @Test
  void whateverFailsAfterASignalWasInterrupted() throws IOException {
    interrupted = true;
    assertEquals(
        ExitCode.INTERRUPTED,
        runScript("throw new java.nio.channels.ClosedByInterruptException();"));
  }

  @Test
  void aFullDiskIsNoStudyError() throws IOException {
    String text = "throw new UncheckedIOException(\"the store is full\", new IOException());";
    assertEquals(ExitCode.FAILURE, runScript(text));
    assertSaid("coppice: study.jsh:1: the store is full", "    " + text);
  }

  @Test
  void otherErrorsSayHowToSeeMore() throws IOException {
    assertEquals(ExitCode.STUDY, runScript("throw new IllegalStateException(\"odd\");"));
    assertSaid(
        "coppice: study.jsh:1: java.lang.IllegalStateException: odd",
        "    throw new IllegalStateException(\"odd\");",
        "COPPICE_DEBUG=1 or --debug shows where.");
  }

  @Test
  void debugShowsTheTrace() throws IOException {
    assertEquals(ExitCode.STUDY, runScript("throw new IllegalStateException(\"odd\");", "--debug"));
    assertTrue(err.toString().contains("\tat "));
  }

  @Test
  void resultsArePrintedOnceAndSaved() throws IOException {
    Path saved = folder.resolve("a folder");
    assertEquals(ExitCode.OK, runScript(RESULTS, "--out", saved.toString()), err::toString);
    List<String> lines = out.toString().lines().toList();
    assertEquals(1, lines.stream().filter("first"::equals).count());
    assertTrue(lines.contains("Report: " + saved.resolve("report.html")));
    assertTrue(Files.readString(saved.resolve("runs.csv")).contains("dense"));
    assertTrue(lines.contains("Report: " + saved.resolve("2/report.html")));
    assertTrue(Files.exists(saved.resolve("2/summary.csv")));
  }

  @Test
  void resultsForProgramsAreJson() throws IOException {
    assertEquals(ExitCode.OK, runScript(RESULTS, "--json"), err::toString);
    JsonNode first = new ObjectMapper().readTree(out.toString());
    assertEquals("first", first.get("study").asText());
    assertTrue(first.get("report").isNull());
    JsonNode row = first.get("summary").get(0);
    assertEquals("dense", row.get("method").asText());
    assertEquals(0.98, row.get("accuracy_mean").asDouble(), 1e-12);
    assertTrue(row.get("accuracy_sd").isNull(), "one seed has no deviation");
  }

  @Test
  void whatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertEquals(ExitCode.FAILURE, runScript(RESULTS, "--out", file.toString()));
    assertTrue(
        err.toString().endsWith(file + " is not a folder" + System.lineSeparator()), err::toString);
  }

  @Test
  void dataSetsAreNamed() throws IOException {
    assertEquals(ExitCode.OK, run("data", "list", "--json"));
    JsonNode files = new ObjectMapper().readTree(out.toString());
    assertEquals(Published.ALL.size(), files.size());
    assertEquals(ExitCode.USAGE, run("data", "check", "mnits"));
    assertSaid(
        "coppice: there is no data set 'mnits'; did you mean 'mnist'?",
        "See 'coppice data check --help'.");
  }

  @Test
  void quickstartShowsItsStudy() {
    assertEquals(ExitCode.OK, run("quickstart", "--show", "--seeds", "5"));
    assertTrue(out.toString().contains(".seeds(1, 2, 3, 4, 5)"), out::toString);
    assertEquals(QuickstartCommand.STUDY, QuickstartCommand.withSeeds(3));
  }
}
