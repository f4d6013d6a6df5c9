package io.coppice.framework.measure;

import java.util.List;

/** The columns of a run's row. */
public final class Metrics {
  private Metrics() {}

  /** Every measurement, in the order of the row's columns. */
  public static List<Measurement> standard() {
    return List.of(
        new Accuracy(),
        new Top5Accuracy(),
        new TestLoss(),
        new Parameters(),
        new Nonzero(),
        new Compression(),
        new FlopsDense(),
        new FlopsSparse(),
        new FlopsRatio(),
        new Latency(),
        new BytesDense(),
        new BytesBitmask(),
        new BytesCsr(),
        new Executed(),
        new Seconds(),
        new PeakMemory(),
        new DeadUnits(),
        new ChosenEpoch(),
        new LayerSparsity());
  }

  /** The whole row of a finished run by column, in order. */
  public static Row all(Trained trained) {
    return Row.joined(standard().stream().map(m -> m.columns(trained)).toList());
  }
}
