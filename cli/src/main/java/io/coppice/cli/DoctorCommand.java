package io.coppice.cli;

import io.coppice.cli.doctor.Checkup;
import io.coppice.cli.doctor.Finding;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What of all that Coppice uses is there. */
@Command(
    name = "doctor",
    description = "Look at what Coppice uses on this machine, and say what is missing.")
final class DoctorCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--json", description = "Print for a program.")
  private boolean json;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    List<Finding> findings = Checkup.findings();
    if (json) {
      Json.print(out, findings);
    } else {
      for (Finding finding : findings) {
        String mark = finding.ok() ? "ok" : "--";
        out.printf("%s  %-17s  %s%n", mark, finding.thing(), finding.finding());
      }
      out.flush();
    }
    return ExitCode.OK;
  }
}
