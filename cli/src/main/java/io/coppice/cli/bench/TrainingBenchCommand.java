package io.coppice.cli.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.coppice.cli.doctor.PythonTorch;
import io.coppice.framework.recipe.Require;
import io.coppice.framework.storage.AtomicFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures dense and masked training against PyTorch eager. */
@Command(
    name = "training",
    description = {
      "Time an epoch of LeNet-300-100 on one thread: dense, masked, and PyTorch eager where Python has"
          + " torch; then watch memory over a long training. Takes about three minutes."
    })
public final class TrainingBenchCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there, too.")
  private Path file;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "7",
      description = "Timed epochs of each kind, in turn (${DEFAULT-VALUE}).")
  private int rounds;

  @Option(
      names = "--memory-epochs",
      paramLabel = "N",
      defaultValue = "50",
      description = "Epochs over which memory is watched (${DEFAULT-VALUE}).")
  private int memoryEpochs;

  @Override
  public Integer call() throws IOException {
    Require.atLeast("--rounds", rounds, 1);
    Require.atLeast("--memory-epochs", memoryEpochs, 1);
    PrintWriter err = spec.commandLine().getErr();
    TrainingBenchmark.Figures figures =
        new TrainingBenchmark(
                rounds,
                memoryEpochs,
                line -> {
                  err.println(line);
                  err.flush();
                })
            .run();
    PrintWriter out = spec.commandLine().getOut();
    out.print(text(figures));
    out.flush();
    if (file != null) {
      String json = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(figures);
      AtomicFile.write(file, json.getBytes(StandardCharsets.UTF_8));
    }
    return 0;
  }

  private static String text(TrainingBenchmark.Figures figures) {
    StringBuilder text = new StringBuilder();
    line(text, "dense, seconds per epoch", "%.3f", figures.dense_epoch_seconds());
    if (figures.pytorch_ratio() == null) {
      text.append("PyTorch eager: no Python with torch here; ")
          .append(PythonTorch.REMEDY)
          .append('\n');
    } else {
      line(text, "PyTorch eager, seconds per epoch", "%.3f", figures.pytorch_epoch_seconds());
      line(text, "dense / PyTorch eager", "%.3f", figures.pytorch_ratio());
    }
    figures
        .masked_overhead()
        .forEach((method, ratio) -> line(text, method + " / dense", "%.3f", ratio));
    line(text, "resident memory at first, MiB", "%.0f", figures.rss_start_mib());
    line(text, "after " + figures.memory_epochs() + " epochs, MiB", "%.0f", figures.rss_end_mib());
    return text.toString();
  }

  private static void line(StringBuilder text, String what, String format, double value) {
    text.append(String.format(Locale.ROOT, "%-34s" + format + "%n", what, value));
  }
}
