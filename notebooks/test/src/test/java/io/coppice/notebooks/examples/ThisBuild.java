package io.coppice.notebooks.examples;

import io.coppice.cli.jupyter.KernelSpec;
import io.coppice.cli.jupyter.Nbconvert;
import io.coppice.testing.Needs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What is being tested, as Jupyter and a shell start it. */
final class ThisBuild {
  /** Tells the launcher not to build: Maven holds the lock of a build while tests run. */
  static final String BUILT = "COPPICE_BUILT";

  private ThisBuild() {}

  /** Jupyter's converter with the classes that this test sees as its kernel. */
  static Nbconvert nbconvert() throws IOException {
    KernelSpec kernel =
        new KernelSpec(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-Dai.djl.offline=true",
                "--add-opens=jdk.jshell/jdk.jshell=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "io.coppice.cli.Main"),
            Map.of("OMP_NUM_THREADS", "1"));
    return new Nbconvert(Needs.program("jupyter-nbconvert", "jupyter-nbconvert"), kernel);
  }

  /** The launcher, with its arguments. */
  static ProcessBuilder launcher(Path folder, String... arguments) {
    Path launcher = Notebook.folder().resolveSibling("coppice");
    ProcessBuilder builder = new ProcessBuilder(launcher.toString()).directory(folder.toFile());
    builder.command().addAll(List.of(arguments));
    builder.environment().put(BUILT, "1");
    return builder;
  }
}
