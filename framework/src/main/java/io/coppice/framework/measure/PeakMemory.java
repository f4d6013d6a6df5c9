package io.coppice.framework.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The largest resident memory so far, in MiB, as Linux reports it ({@code VmHWM}); NaN elsewhere.
 * It is the process's: of several runs in one process, a later one never shows less than an
 * earlier.
 */
public record PeakMemory() implements Metric {
  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String KEY = "VmHWM:";

  @Override
  public String column() {
    return "peak_memory_mib";
  }

  @Override
  public double of(Trained trained) {
    try {
      return Files.isReadable(STATUS) ? mebibytes(Files.readAllLines(STATUS)) : Double.NaN;
    } catch (IOException e) {
      return Double.NaN;
    }
  }

  static double mebibytes(List<String> status) {
    return status.stream()
        .filter(line -> line.startsWith(KEY))
        .map(line -> line.replaceAll("\\D", ""))
        .mapToDouble(kibibytes -> Double.parseDouble(kibibytes) / 1024)
        .findFirst()
        .orElse(Double.NaN);
  }
}
