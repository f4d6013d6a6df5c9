package io.coppice.cli;

import java.io.File;
import java.io.PrintWriter;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What IJava and JJava need to run Coppice's notebooks, as lines for a shell. */
@Command(
    name = "environment",
    description = {
      "Print what IJava and JJava need to run the same notebooks, as a shell's variables.",
      "Before starting Jupyter: eval \"$(./coppice kernel environment)\"."
    })
final class KernelEnvironmentCommand implements Callable<Integer> {
  private static final List<String> SCRIPTS =
      List.of(
          "notebooks/kernel/src/main/resources/io/coppice/notebooks/script/imports.jsh",
          "notebooks/render/src/main/resources/io/coppice/notebooks/render/start-up.jsh");

  @Spec private CommandSpec spec;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    variables(Home.folder(), System.getProperty("java.class.path"), own())
        .forEach((name, value) -> out.println("export " + name + "=" + quoted(value)));
    out.flush();
    return ExitCode.OK;
  }

  /** Where the command line's classes are: in a notebook its progress would speak to nobody. */
  private static Path own() {
    URL place = KernelEnvironmentCommand.class.getProtectionDomain().getCodeSource().getLocation();
    return Path.of(URI.create(place.toString()));
  }

  /** By name; of the class path what is there, without the command line's own part. */
  static Map<String, String> variables(Path home, String classPath, Path own) {
    String present =
        Arrays.stream(classPath.split(File.pathSeparator))
            .filter(path -> !path.isEmpty() && Files.exists(Path.of(path)))
            .map(path -> Path.of(path).toAbsolutePath())
            .filter(path -> !path.equals(own.toAbsolutePath()))
            .map(Path::toString)
            .collect(Collectors.joining(File.pathSeparator));
    String scripts =
        SCRIPTS.stream()
            .map(script -> home.resolve(script).toString())
            .collect(Collectors.joining(File.pathSeparator));
    Map<String, String> variables = new LinkedHashMap<>();
    for (String kernel : List.of("IJAVA", "JJAVA")) {
      variables.put(kernel + "_CLASSPATH", present);
      variables.put(kernel + "_STARTUP_SCRIPTS_PATH", scripts);
    }
    return variables;
  }

  /** As one word of a POSIX shell. */
  private static String quoted(String value) {
    return "'" + value.replace("'", "'\\''") + "'";
  }
}
