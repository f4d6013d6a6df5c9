package io.coppice.notebooks.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A kernel that runs one cell after the other and owns the streams, without Jupyter. */
final class Session implements AutoCloseable {
  private final CoppiceKernel kernel;
  private final PrintStream out = System.out;
  private final PrintStream err = System.err;
  private final InputStream in = System.in;
  private volatile Heard heard = new Heard();
  private int number;

  Session() {
    this(Settings.plain("test"));
  }

  Session(Settings settings) {
    kernel = new CoppiceKernel(settings);
    System.setOut(new PrintStream(kernel.stream("stdout", out), false, StandardCharsets.UTF_8));
    System.setErr(new PrintStream(kernel.stream("stderr", err), false, StandardCharsets.UTF_8));
    System.setIn(kernel.input());
  }

  CoppiceKernel kernel() {
    return kernel;
  }

  /** What the last cell said. */
  Heard heard() {
    return heard;
  }

  /** The number of the last cell. */
  int number() {
    return number;
  }

  /** Runs a cell that is given these lines when it asks. */
  CellResult run(String code, String... answers) {
    heard = new Heard(answers);
    return kernel.execute(code, ++number, heard);
  }

  /** The text of the value of a cell that does not fail, or null. */
  String value(String code, String... answers) {
    CellResult result = run(code, answers);
    assertEquals(Optional.empty(), result.failure());
    return result.value().map(data -> (String) data.getData(MIMEType.TEXT_PLAIN)).orElse(null);
  }

  DisplayData data(String code) {
    return run(code).value().orElseThrow();
  }

  /** The lines that a cell's failure shows, without their colours. */
  List<String> failure(String code) {
    return run(code).failure().orElseThrow().lines().stream()
        .map(line -> line.replaceAll("\u001b\\[[0-9;]*m", ""))
        .toList();
  }

  /** The result of a cell that is interrupted when it has printed "go". */
  CellResult interrupted(String code) throws Exception {
    heard = new Heard();
    CompletableFuture<CellResult> result =
        CompletableFuture.supplyAsync(() -> kernel.execute(code, ++number, heard));
    while (!result.isDone() && !heard.text("stdout").contains("go")) {
      Thread.sleep(5);
    }
    kernel.interrupt();
    return result.get(60, TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    System.setOut(out);
    System.setErr(err);
    System.setIn(in);
    kernel.close();
  }
}
