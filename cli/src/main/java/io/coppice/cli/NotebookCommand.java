package io.coppice.cli;

import io.coppice.cli.jupyter.JupyterFolders;
import io.coppice.cli.jupyter.JupyterProgram;
import io.coppice.cli.jupyter.KernelSpec;
import io.coppice.cli.jupyter.Nbconvert;
import io.coppice.cli.jupyter.NotebookPages;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

  @Option(
      names = "--html",
      description = "Execute the folder's notebooks and write them as pages into DIR/html instead.")
  private boolean html;

  @Override
  public Integer call() throws IOException {
    Path opened = folder == null ? Home.folder().resolve("notebooks") : folder;
    if (!Files.isDirectory(opened)) {
      throw new ParameterException(spec.commandLine(), "there is no folder '" + opened + "'");
    }
    return html ? pages(opened) : serve(opened);
  }

  private int serve(Path opened) throws IOException {
    Optional<JupyterProgram> jupyter = JupyterProgram.find(System.getenv("PATH"));
    if (jupyter.isEmpty()) {
      return missing("Jupyter", JupyterProgram.APT_LINE);
    }
    KernelSpec.of(Home.folder(), System.getenv()).install(JupyterFolders.ofUser());
    return jupyter.get().serve(opened, port, !noBrowser);
  }

  private int pages(Path opened) throws IOException {
    Optional<Path> program = Nbconvert.find(System.getenv("PATH"));
    if (program.isEmpty()) {
      return missing("nbconvert", Nbconvert.APT_LINE);
    }
    List<Path> notebooks = NotebookPages.notebooks(opened);
    if (notebooks.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "there is no notebook in '" + opened + "'");
    }
    PrintWriter out = spec.commandLine().getOut();
    KernelSpec kernel = KernelSpec.of(Home.folder(), System.getenv());
    try (Nbconvert nbconvert = new Nbconvert(program.get(), kernel)) {
      new NotebookPages(nbconvert)
          .write(
              notebooks,
              opened.resolve("html"),
              page -> {
                out.println("Written: " + page);
                out.flush();
              });
    }
    return ExitCode.OK;
  }

  private int missing(String what, String aptLine) {
    PrintWriter err = spec.commandLine().getErr();
    err.println("coppice: " + what + " is needed. On Debian and Ubuntu: " + aptLine);
    err.flush();
    return ExitCode.FAILURE;
  }
}
