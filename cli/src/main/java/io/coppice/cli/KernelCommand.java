package io.coppice.cli;

import io.coppice.cli.jupyter.JupyterFolders;
import io.coppice.cli.jupyter.KernelSpec;
import io.coppice.framework.storage.CacheFolder;
import io.coppice.notebooks.kernel.KernelProcess;
import io.coppice.notebooks.kernel.Settings;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The kernel that runs Coppice's cells in Jupyter. */
@Command(
    name = "kernel",
    subcommands = KernelEnvironmentCommand.class,
    description = "Install or remove the kernel that Jupyter's notebooks use.")
final class KernelCommand extends CommandGroup {

  @Spec private CommandSpec spec;

  /** Where Jupyter looks for it. */
  static final class Place {
    @Option(names = "--user", description = "In the user's own Jupyter; so unless said otherwise.")
    private boolean user;

    @Option(names = "--prefix", paramLabel = "DIR", description = "In DIR/share/jupyter.")
    private Path prefix;

    static Path data(Place place) {
      return place == null || place.prefix == null
          ? JupyterFolders.ofUser()
          : JupyterFolders.ofPrefix(place.prefix);
    }
  }

  @Command(description = "Install the kernel: notebooks find it as 'Coppice (Java)'.")
  int install(@ArgGroup Place place) throws IOException {
    say("Installed: " + KernelSpec.of(Home.folder(), System.getenv()).install(Place.data(place)));
    return ExitCode.OK;
  }

  @Command(description = "Remove the kernel.")
  int uninstall(@ArgGroup Place place) throws IOException {
    Path data = Place.data(place);
    say((KernelSpec.uninstall(data) ? "Removed from " : "Not there: ") + data);
    return ExitCode.OK;
  }

  @Command(hidden = true, description = "Run the kernel, as Jupyter starts it.")
  int start(@Parameters(paramLabel = "FILE", description = "Jupyter's connection file.") Path file)
      throws IOException {
    if (!Files.isRegularFile(file)) {
      throw new ParameterException(
          spec.subcommands().get("start"), "there is no file '" + file + "'");
    }
    // where JNA unpacks its own library while the process lives
    System.setProperty("jna.tmpdir", CacheFolder.of("jna").toString());
    KernelProcess.serve(file, Settings.of(Version.number(), System.getenv()));
    return ExitCode.OK;
  }

  private void say(String line) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(line);
    out.flush();
  }
}
