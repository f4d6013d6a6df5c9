package io.coppice.cli;

import io.coppice.dsl.StudyWords;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.run.Study;
import io.coppice.notebooks.script.Script;
import io.coppice.notebooks.script.ScriptRunner;
import io.coppice.repro.Assistants;
import io.coppice.repro.Choice;
import io.coppice.repro.Paper;
import io.coppice.repro.Papers;
import io.coppice.repro.Quick;
import io.coppice.repro.Reproduction;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** A paper's tables, run again and judged row by row. */
@Command(
    name = "repro",
    description = {
      "Run, or resume, the studies that answer a paper's tables, and judge every printed row.",
      "Without a name: list all papers with their verdicts."
    })
final class ReproCommand implements Callable<Integer> {
  private static final String FOLDER = "paper-repro";

  private final Terminal errors;

  @Spec private CommandSpec spec;

  @Parameters(arity = "0..1", paramLabel = "PAPER", description = "The name of a paper's folder.")
  private String name;

  @Option(names = "--list", description = "List all papers with their verdicts.")
  private boolean list;

  @Option(
      names = "--script",
      paramLabel = "NAME",
      defaultValue = "study",
      description = "Which of the paper's scripts to run (${DEFAULT-VALUE}).")
  private String script;

  @Option(
      names = "--row",
      paramLabel = "ROW",
      description = "Only this row of published.csv, or this method.")
  private String row;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Seeds 1 to N in place of the script's.")
  private Integer seeds;

  @Option(names = "--missing", description = "Only the runs whose results are not committed.")
  private boolean missing;

  @Option(
      names = "--quick",
      description = "A few epochs on a few examples: shows that everything works, judges nothing.")
  private boolean quick;

  @Option(
      names = "--collect",
      description = "Train nothing; write results and verdict from what is stored.")
  private boolean collect;

  @Option(
      names = "--film",
      paramLabel = "EPOCHS",
      description = {
        "Train each method that has gates once more, with one seed and for so many epochs,",
        "and keep for the page how many are open, step by step."
      })
  private Integer film;

  @Option(names = "--page", description = "Write the page of all papers, paper-repro/index.html.")
  private boolean page;

  @Option(
      names = "--processes",
      paramLabel = "N",
      description = "Processes that share the work; two unless given, one on one core.")
  private Integer processes;

  @Option(
      names = "--store",
      paramLabel = "DIR",
      description = "The folder whose runs are read and written; the paper's own unless given.")
  private Path store;

  @Option(
      names = "--papers",
      paramLabel = "DIR",
      description = "The folder of all papers; the project's paper-repro unless given.")
  private Path folder;

  @Option(names = "--assist", hidden = true, description = "Work beside another process.")
  private boolean assist;

  ReproCommand(Terminal errors) {
    this.errors = errors;
  }

  @Override
  public Integer call() throws IOException {
    Papers papers = new Papers(folder == null ? projectFolder() : folder);
    PrintWriter out = spec.commandLine().getOut();
    if (list || name == null && !page) {
      papers.lines().forEach(out::println);
    } else if (name == null) {
      writePage(papers, out);
    } else {
      reproduce(papers, named(() -> papers.paper(name)), out);
    }
    out.flush();
    return ExitCode.OK;
  }

  /** What the command line names; a wrong name is an error of the command line. */
  private <T> T named(Supplier<T> search) {
    try {
      return search.get();
    } catch (RecipeException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage());
    }
  }

  private static Path projectFolder() {
    return Path.of(System.getProperty("coppice.root", "")).resolve(FOLDER);
  }

  private void reproduce(Papers papers, Paper paper, PrintWriter out) throws IOException {
    if (!paper.scripts().contains(script)) {
      throw UsageErrors.unknown(spec.commandLine(), "script", script, paper.scripts());
    }
    List<Study> studies = studies(Script.read(paper.script(script)));
    Path runs = store == null ? paper.store() : store;
    Reproduction reproduction = new Reproduction(paper, script, studies, runs);
    List<Study> chosen = row == null ? studies : named(() -> Choice.row(paper, studies, row));
    if (seeds != null) {
      List<Study> wanted = chosen;
      chosen = named(() -> Choice.seeds(wanted, seeds));
    }
    if (missing) {
      chosen = Choice.lacking(paper, chosen);
    }
    if (assist) {
      Assistants.endWithParent(System.in);
      reproduction.assist(chosen);
    } else if (quick) {
      for (Study study : chosen) {
        List<Quick.Outcome> outcomes = Quick.run(List.of(study), progress(1));
        Quick.write(paper, studies, outcomes);
        outcomes.forEach(outcome -> out.println(outcome.line()));
        out.flush();
      }
    } else if (film != null) {
      reproduction.film(chosen, film, progress(1));
      writePage(papers, out);
    } else {
      run(reproduction, chosen);
      reproduction.lines().forEach(out::println);
      writePage(papers, out);
    }
  }

  private static void writePage(Papers papers, PrintWriter out) {
    papers.writePage();
    out.println("Page: " + papers.pageFile());
  }

  private void run(Reproduction reproduction, List<Study> chosen) {
    if (collect) {
      reproduction.collect(progress(1));
      return;
    }
    int wanted =
        processes == null ? Math.min(2, Runtime.getRuntime().availableProcessors()) : processes;
    TerminalProgress progress = progress(wanted);
    try (Assistants assistants =
        new Assistants(wanted - 1, Main.class.getName(), arguments(), progress::warning)) {
      reproduction.run(chosen, progress);
    }
  }

  private List<String> arguments() {
    List<String> arguments = new ArrayList<>(spec.commandLine().getParseResult().originalArgs());
    arguments.add("--assist");
    return arguments;
  }

  private TerminalProgress progress(int sharing) {
    return TerminalProgress.of(errors, sharing);
  }

  /** Every study that the script says, none of which is run. */
  static List<Study> studies(Script script) {
    List<StudyWords> said = new ArrayList<>();
    try (ScriptRunner runner = new ScriptRunner()) {
      runner.run(
          script,
          value -> {
            if (value instanceof StudyWords words
                && !words.methods().isEmpty()
                && !said.contains(words)) {
              said.add(words);
            }
          });
    }
    return said.stream().map(StudyWords::study).toList();
  }
}
