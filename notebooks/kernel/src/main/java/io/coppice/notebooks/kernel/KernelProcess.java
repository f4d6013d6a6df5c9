package io.coppice.notebooks.kernel;

import io.coppice.notebooks.wire.KernelConnection;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The process that Jupyter starts: one kernel, whose cells own the standard streams. */
public final class KernelProcess {
  private static final int PATIENCE_MILLIS = 3_000;

  private KernelProcess() {}

  /**
   * Serves Jupyter at the ports of a connection file until Jupyter says shutdown, or the thread is
   * interrupted, or the process that started this one is gone.
   *
   * @throws IOException when the file cannot be read
   * @throws IllegalArgumentException when the file would let others than this machine's users in
   */
  public static void serve(Path connectionFile, Settings settings) throws IOException {
    PrintStream log = System.err;
    KernelConnectionProperties ports =
        KernelConnectionProperties.parse(Files.readString(connectionFile, StandardCharsets.UTF_8));
    KernelConnection connection =
        KernelConnection.to(ports, line -> log.println("coppice kernel: " + line));
    try (CoppiceKernel kernel = new CoppiceKernel(settings)) {
      System.setOut(
          new PrintStream(kernel.stream("stdout", System.out), false, StandardCharsets.UTF_8));
      System.setErr(new PrintStream(kernel.stream("stderr", log), false, StandardCharsets.UTF_8));
      System.setIn(kernel.input());
      kernel.becomeHandlerForConnection(connection);
      connection.connect();
      endWith(System.getenv("JPY_PARENT_PID"), connection);
      connection.waitUntilClose();
    }
    connection.waitUntilClosed(PATIENCE_MILLIS);
  }

  private static void endWith(String parent, KernelConnection connection) {
    if (parent != null && parent.matches("\\d{1,18}")) {
      ProcessHandle.of(Long.parseLong(parent))
          .ifPresent(process -> process.onExit().thenRun(connection::close));
    }
  }
}
