package io.coppice.cli;

import io.coppice.cli.jupyter.JupyterFolders;
import io.coppice.cli.jupyter.JupyterProgram;
import io.coppice.cli.jupyter.KernelSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Jupyter with Coppice's kernel and notebooks. */
@Command(
    name = "notebook",
    description = "Open Coppice's notebooks in Jupyter, on this machine only.")
final class NotebookCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "DIR",
      description = "The folder to open; Coppice's own notebooks unless given.")
  private Path folder;

  @Option(names = "--port", paramLabel = "N", description = "Jupyter's port (8888).")
  private Optional<Integer> port;

  @Option(names = "--no-browser", description = "Print the address instead of opening it.")
  private boolean noBrowser;

  @Override
  public Integer call() throws IOException {
    Path opened = folder == null ? Home.folder().resolve("notebooks") : folder;
    if (!Files.isDirectory(opened)) {
      throw new ParameterException(spec.commandLine(), "there is no folder '" + opened + "'");
    }
    Optional<JupyterProgram> jupyter = JupyterProgram.find(System.getenv("PATH"));
    if (jupyter.isEmpty()) {
      spec.commandLine()
          .getErr()
          .println("coppice: Jupyter is needed. On Debian and Ubuntu: " + JupyterProgram.APT_LINE);
      spec.commandLine().getErr().flush();
      return ExitCode.FAILURE;
    }
    KernelSpec.of(Home.folder(), System.getenv()).install(JupyterFolders.ofUser());
    return jupyter.get().serve(opened, port, !noBrowser);
  }
}
