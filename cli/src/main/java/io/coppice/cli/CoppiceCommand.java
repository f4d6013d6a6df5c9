package io.coppice.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of all commands: what holds for each of them. */
@Command(
    name = "coppice",
    description = "Makes neural networks smaller, and proves it.",
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    commandListHeading = "%nCommands:%n",
    optionListHeading = "%nOptions:%n",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:something else failed, such as a full disk",
      "2:the command line is wrong",
      "3:data are absent, damaged or not to be had",
      "4:the study is wrong, or its training failed",
      "130:stopped by Ctrl-C; the same command resumes"
    },
    footerHeading = "%nEnvironment:%n",
    footer = {
      "  COPPICE_DATA       the folder that holds your data sets",
      "  COPPICE_DEBUG=1    the same as --debug",
      "  COPPICE_ISA        instructions of the sparse operations: scalar, avx2 or avx512",
      "  COPPICE_JAVA_OPTS  further options for the Java machine, such as -Xmx8g",
      "  OMP_NUM_THREADS    threads of one operation; 1 unless set, best for small networks",
      "  NO_COLOR, COLUMNS  as everywhere"
    })
final class CoppiceCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  private boolean version;

  @Option(
      names = "--debug",
      scope = ScopeType.INHERIT,
      description = "Show where in the code an error comes from.")
  private boolean debug;

  boolean debug() {
    return debug || "1".equals(System.getenv("COPPICE_DEBUG"));
  }

  @Override
  public Integer call() {
    CommandLine command = spec.commandLine();
    command.usage(command.getErr());
    return ExitCode.USAGE;
  }
}
