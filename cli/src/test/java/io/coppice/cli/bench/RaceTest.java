package io.coppice.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.coppice.framework.execution.Pass;
import io.coppice.framework.execution.PassTimer;
import io.coppice.framework.ops.Layout;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RaceTest {
  private int closed;

  private List<Pass> passes(int count) {
    return IntStream.range(0, count).<Pass>mapToObj(i -> new Idle()).toList();
  }

  private final class Idle implements Pass {
    @Override
    public void run() {}

    @Override
    public void close() {
      closed++;
    }
  }

  private static PassTimer saying(double... microseconds) {
    return passes -> {
      assertEquals(microseconds.length, passes.size());
      return microseconds;
    };
  }

  @Test
  void theFastestWayCounts() {
    Race race = Race.run(saying(30, 20, 25, 5, 4, 70, 60), passes(3), passes(2), passes(2));
    assertEquals(new Race(20, List.of(5.0, 4.0), 60.0), race);
    assertEquals(7, closed);
  }

  @Test
  void anEngineNeedHaveNoSparseProduct() {
    assertNull(Race.run(saying(30, 5), passes(1), passes(1), List.of()).enginesOwn());
  }

  @Test
  void passesAreClosedWhenTheyFail() {
    PassTimer failing =
        passes -> {
          throw new IllegalStateException();
        };
    assertThrows(
        IllegalStateException.class, () -> Race.run(failing, passes(1), passes(2), passes(1)));
    assertEquals(4, closed);
  }

  @Test
  void aLayoutGetsARow() {
    List<Layout> layouts = List.of(new Layout.Csr(), new Layout.Blocks(16, 1));
    LinearCase what = new LinearCase(32, 64, 8, 0.9, 2, layouts);
    assertEquals(
        List.of(
            new OpsRow("forward", "csr", 32, 64, 8, 0.9, 2, 20, 5, 4, 60.0, "float32", "32x64"),
            new OpsRow(
                "forward", "block 16x1", 32, 64, 8, 0.9, 2, 20, 4, 5, 60.0, "float32", "32x64")),
        new Race(20, List.of(5.0, 4.0), 60.0).rows("forward", what));
  }
}
