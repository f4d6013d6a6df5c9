package io.coppice.cli.bench;

import ai.djl.Device;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.coppice.framework.execution.MedianTimer;
import io.coppice.framework.storage.AtomicFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the sparse operations against the engine's dense ones. */
@Command(
    name = "ops",
    description = {
      "Time sparse layers and whole training steps against dense ones, by shape, layout, sparsity and"
          + " threads, and say from which sparsity on sparse is faster. Takes six to nine minutes on two"
          + " cores.",
      "COPPICE_ISA=avx2 in the environment forces an instruction set: scalar, avx2 or avx512."
    })
public final class OpsBenchCommand implements Callable<Integer> {
  /** A step is for the most part Java and many small calls, which the JVM compiles meanwhile. */
  private static final int STEP_WARM_MILLISECONDS = 1_000;

  private final Function<List<Integer>, OpsPlan> full;
  private final Function<List<Integer>, OpsPlan> brief;

  @Spec private CommandSpec spec;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures there, too.")
  private Path json;

  @Option(
      names = "--chart",
      paramLabel = "FILE",
      description = "Draw there, as PNG, how often faster by sparsity.")
  private Path chart;

  @Option(names = "--quick", description = "Measure only so much as a minute allows.")
  private boolean quick;

  @Option(
      names = "--threads",
      paramLabel = "N",
      split = ",",
      description = "On how many threads, such as 1,4; 1 and one per core unless given.")
  private List<Integer> threads;

  @Option(
      names = "--device",
      paramLabel = "DEVICE",
      description =
          "cpu unless given, or gpu: large products in float32 and bfloat16 on the first GPU.")
  private String device = "cpu";

  /** Of what the project's targets name. */
  public OpsBenchCommand() {
    this(OpsPlan::full, OpsPlan::quick);
  }

  /**
   * @param full gives what to measure for numbers of threads
   * @param brief the same with {@code --quick}
   */
  OpsBenchCommand(Function<List<Integer>, OpsPlan> full, Function<List<Integer>, OpsPlan> brief) {
    this.full = full;
    this.brief = brief;
  }

  @Override
  public Integer call() throws IOException {
    List<Integer> counts =
        threads == null ? standardThreads() : threads.stream().distinct().toList();
    for (int count : counts) {
      require(count >= 1, "--threads", count, "an integer of at least 1");
    }
    require(List.of("cpu", "gpu").contains(device), "--device", device, "cpu or gpu");
    boolean onGpu = device.equals("gpu");
    requireFolder("--json", json);
    requireFolder("--chart", chart);
    PrintWriter err = spec.commandLine().getErr();
    int rounds = quick ? 7 : 11;
    int milliseconds = quick ? 2 : 6;
    OpsBenchmark.Figures figures =
        new OpsBenchmark(
                plan(onGpu, counts),
                new MedianTimer(rounds, milliseconds),
                new MedianTimer(rounds, milliseconds, STEP_WARM_MILLISECONDS),
                onGpu ? Device.gpu() : Device.cpu(),
                line -> {
                  err.println(line);
                  err.flush();
                })
            .run();
    PrintWriter out = spec.commandLine().getOut();
    out.print(OpsText.of(figures));
    out.flush();
    if (json != null) {
      String text = new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(figures);
      AtomicFile.write(json, text.getBytes(StandardCharsets.UTF_8));
    }
    if (chart != null) {
      AtomicFile.write(chart, SpeedChart.png(figures.rows()));
    }
    return 0;
  }

  private OpsPlan plan(boolean onGpu, List<Integer> counts) {
    if (onGpu) {
      return OpsPlan.gpu();
    }
    return (quick ? brief : full).apply(counts);
  }

  private static List<Integer> standardThreads() {
    return IntStream.of(1, Runtime.getRuntime().availableProcessors()).distinct().boxed().toList();
  }

  /** So that nobody waits minutes for a folder that is not there. */
  private void requireFolder(String option, Path file) {
    boolean there = file == null || Files.isDirectory(file.toAbsolutePath().getParent());
    require(there, option, file, "a file in a folder that exists");
  }

  private void require(boolean condition, String option, Object value, String allowed) {
    if (!condition) {
      throw new ParameterException(
          spec.commandLine(), option + " is " + value + "; allowed: " + allowed);
    }
  }
}
