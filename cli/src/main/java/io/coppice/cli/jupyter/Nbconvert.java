package io.coppice.cli.jupyter;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Jupyter's converter of notebooks, with a kernel and a page template of its own: what the user has
 * installed or configured is neither read nor changed.
 */
public final class Nbconvert implements AutoCloseable {
  /** How Debian and Ubuntu install it. */
  public static final String APT_LINE =
      "apt-get install -y --no-install-recommends jupyter-nbconvert";

  private static final List<String> TEMPLATE = List.of("conf.json", "index.html.j2", "page.css");
  private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;]*m");
  private static final Pattern ERROR = Pattern.compile("[\\w.$]+: .+");

  private final Path program;
  private final Path scratch;

  /** A converter that executes cells in this kernel. */
  public Nbconvert(Path program, KernelSpec kernel) throws IOException {
    this.program = program;
    this.scratch = Files.createTempDirectory("coppice-notebooks");
    kernel.install(scratch);
    Path template = scratch.resolve("nbconvert").resolve("templates").resolve(KernelSpec.NAME);
    Files.createDirectories(template);
    for (String name : TEMPLATE) {
      try (InputStream in = Nbconvert.class.getResourceAsStream("template/" + name)) {
        Files.copy(in, template.resolve(name));
      }
    }
  }

  /** The first that the folders of {@code PATH} hold. */
  public static Optional<Path> find(String path) {
    return JupyterProgram.first(path, List.of("jupyter-nbconvert"));
  }

  /** A folder that is removed with this converter. */
  Path scratch() {
    return scratch;
  }

  /**
   * Executes a notebook in the folder that it lies in.
   *
   * @param executed the notebook with its outputs
   * @throws IOException when a cell fails, with the cell's error
   */
  public void execute(Path notebook, Path executed) throws IOException {
    run(notebook, executed, List.of("--execute", "--to=notebook"));
  }

  /** Writes an executed notebook as a page that needs no script and no network. */
  public void page(Path executed, Path html) throws IOException {
    run(executed, html, List.of("--to=html", "--template=" + KernelSpec.NAME));
  }

  private void run(Path from, Path to, List<String> options) throws IOException {
    Path log = scratch.resolve("log");
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(options);
    command.add("--output-dir=" + to.toAbsolutePath().getParent());
    command.add("--output=" + to.getFileName());
    command.add(from.toAbsolutePath().toString());
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("JUPYTER_PATH", scratch.toString());
    builder.environment().put("JUPYTER_CONFIG_DIR", scratch.resolve("config").toString());
    builder.environment().put("JUPYTER_RUNTIME_DIR", scratch.resolve("runtime").toString());
    if (ended(builder.start()) != 0) {
      throw new IOException(from.getFileName() + ": " + reason(Files.readString(log)));
    }
  }

  private static int ended(Process process) throws IOException {
    try {
      return process.waitFor();
    } catch (InterruptedException e) {
      process.destroy();
      process.onExit().join();
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("stopped");
    }
  }

  /** The last error that it names, such as {@code RecipeException: keep is 7.0}. */
  private static String reason(String log) {
    return COLOURS
        .matcher(log)
        .replaceAll("")
        .lines()
        .filter(line -> ERROR.matcher(line).matches())
        .reduce((line, next) -> next)
        .orElse("nbconvert failed and named no error");
  }

  @Override
  public void close() throws IOException {
    try (Stream<Path> files = Files.walk(scratch)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
