package io.coppice.framework.results;

/** A column of a run's row that a chart can be drawn of. */
public enum Column {
  ACCURACY("accuracy", "test accuracy", Unit.FRACTION),
  LOSS("loss", "test loss", Unit.NATS),
  PARAMETERS("parameters", "parameters", Unit.COUNT),
  NONZERO("nonzero", "weights left", Unit.COUNT),
  /** Compression ratio: all weights over those left. */
  CR("compression", "compression ratio", Unit.TIMES),
  FLOPS_DENSE("flops_dense", "FLOPs, dense", Unit.COUNT),
  FLOPS("flops_sparse", "FLOPs", Unit.COUNT),
  FLOPS_RATIO("flops_ratio", "FLOPs ratio", Unit.TIMES),
  LATENCY("latency_us", "latency", Unit.MICROSECONDS),
  LATENCY_IQR("latency_iqr_us", "latency IQR", Unit.MICROSECONDS),
  BYTES_DENSE("bytes_dense", "size, dense", Unit.BYTES),
  BYTES_BITMASK("bytes_bitmask", "size, bitmask", Unit.BYTES),
  BYTES_CSR("bytes_csr", "size, CSR", Unit.BYTES),
  /** Of one example in the fastest form of each layer. */
  LATENCY_EXECUTED("latency_executed_us", "latency, executed", Unit.MICROSECONDS),
  BYTES_EXECUTED("bytes_executed", "size, executed", Unit.BYTES),
  SECONDS("seconds", "training time", Unit.SECONDS),
  MEMORY("peak_memory_mib", "peak memory", Unit.MEBIBYTES),
  DEAD_UNITS("dead_units", "dead units", Unit.COUNT),
  CHOSEN_EPOCH("chosen_epoch", "chosen epoch", Unit.COUNT);

  private final String metric;
  private final String title;
  private final Unit unit;

  Column(String metric, String title, Unit unit) {
    this.metric = metric;
    this.title = title;
    this.unit = unit;
  }

  /** The column's name in a run's row and in {@code runs.csv}. */
  public String metric() {
    return metric;
  }

  /** What a reader calls it. */
  public String title() {
    return title;
  }

  public Unit unit() {
    return unit;
  }

  /** The title over numbers that {@link Unit#show} wrote, with the unit that these leave out. */
  String heading() {
    return switch (unit) {
      case FRACTION -> title + " (%)";
      case NATS -> title + " (nats)";
      default -> title;
    };
  }

  /** The title beside a chart's ticks, with the unit that these leave out. */
  String axis() {
    return switch (unit) {
      case FRACTION -> title + " (%)";
      case SECONDS -> title + " (s)";
      case MICROSECONDS -> title + " (µs)";
      case MEBIBYTES -> title + " (MiB)";
      default -> title;
    };
  }
}
