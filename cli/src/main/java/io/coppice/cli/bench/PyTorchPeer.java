package io.coppice.cli.bench;

import io.coppice.cli.doctor.PythonTorch;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** PyTorch eager in a Python process of its own, which trains an epoch when asked to. */
final class PyTorchPeer implements AutoCloseable {
  private final Process process;
  private final BufferedReader out;
  private final BufferedWriter in;
  private final String version;
  private final Path script;

  private PyTorchPeer(Process process, Path script) throws IOException {
    this.process = process;
    this.script = script;
    this.out = process.inputReader(StandardCharsets.UTF_8);
    this.in = process.outputWriter(StandardCharsets.UTF_8);
    this.version = out.readLine();
  }

  /** Starts the peer, or gives nothing where no Python with torch is to be found. */
  static Optional<PyTorchPeer> start() throws IOException {
    Optional<PythonTorch> python = PythonTorch.find();
    if (python.isEmpty()) {
      return Optional.empty();
    }
    Path script = Files.createTempFile("pytorch_epochs", ".py");
    try (InputStream source = PyTorchPeer.class.getResourceAsStream("pytorch_epochs.py")) {
      Files.write(script, source.readAllBytes());
    }
    Process process =
        new ProcessBuilder(python.get().python(), script.toString())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    return Optional.of(new PyTorchPeer(process, script));
  }

  String version() {
    return version;
  }

  /** Trains one epoch and returns its seconds. */
  double epochSeconds() throws IOException {
    in.write("epoch\n");
    in.flush();
    String line = out.readLine();
    if (line == null) {
      throw new IOException("the PyTorch process ended before its epoch did");
    }
    return Double.parseDouble(line);
  }

  @Override
  public void close() throws IOException {
    process.destroy();
    Files.delete(script);
  }
}
