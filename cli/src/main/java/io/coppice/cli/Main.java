package io.coppice.cli;

import java.util.function.BooleanSupplier;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** Coppice's command line, started by the launcher {@code coppice}. */
public final class Main {
  private static final int LEAST_HELP_WIDTH = 60;
  private static final int GREATEST_HELP_WIDTH = 120;

  private Main() {}

  public static void main(String[] arguments) {
    Interruption interruption = new Interruption(Thread.currentThread());
    interruption.watch();
    int code =
        execute(
            commandLine(
                Terminal.ofStandardOutput(),
                Terminal.ofStandardError(),
                interruption::requested,
                interruption::workEnded),
            arguments);
    interruption.workEnded();
    System.exit(code);
  }

  /** Runs a command; what picocli lets through, errors such as too little memory, is told, too. */
  static int execute(CommandLine commandLine, String... arguments) {
    try {
      return commandLine.execute(arguments);
    } catch (Error error) {
      Failures failures = (Failures) commandLine.getExecutionExceptionHandler();
      return failures.tell(error, commandLine.getErr());
    }
  }

  /**
   * All commands, with their errors told to users.
   *
   * @param nothingToSave is run by a command that a signal may end at any moment
   */
  static CommandLine commandLine(
      Terminal out, Terminal err, BooleanSupplier interrupted, Runnable nothingToSave) {
    CoppiceCommand root = new CoppiceCommand();
    return new CommandLine(root)
        .addSubcommand(new QuickstartCommand(out))
        .addSubcommand(new RunCommand(out))
        .addSubcommand(new ReproCommand(err))
        .addSubcommand(new ListCommand(out))
        .addSubcommand(new DataCommand())
        .addSubcommand(new BenchCommand())
        .addSubcommand(new NotebookCommand())
        .addSubcommand(new KernelCommand())
        .addSubcommand(new JShellCommand(nothingToSave))
        .addSubcommand(new DoctorCommand())
        .addSubcommand(new TestCommand())
        .setColorScheme(CommandLine.Help.defaultColorScheme(out.colour() ? Ansi.ON : Ansi.OFF))
        .setUsageHelpWidth(Math.max(LEAST_HELP_WIDTH, Math.min(out.width(), GREATEST_HELP_WIDTH)))
        .setParameterExceptionHandler(new UsageErrors())
        .setExecutionExceptionHandler(new Failures(err, root::debug, interrupted));
  }
}
