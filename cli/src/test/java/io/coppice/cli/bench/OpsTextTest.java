package io.coppice.cli.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OpsTextTest {

  private static OpsRow step(int threads, double dense, double sparse) {
    double ratio = dense / sparse;
    String widths = "64-32-10";
    return new OpsRow(
        "train_step",
        "csr",
        32,
        64,
        64,
        0.9,
        threads,
        dense,
        sparse,
        ratio,
        null,
        "float32",
        widths);
  }

  @Test
  void isATablePerOperationAndAChartOfBreakEvens() {
    List<OpsRow> rows = new ArrayList<>(OpsRows.forward(32, 64, 0.5, 0.5, 0.7, 2, 0.9, 12.345));
    rows.addAll(OpsRows.forward(1024, 1024, 0.7, 1.5, 0.95, 104.4));
    rows.add(step(2, 1234, 500));
    rows.add(step(1, 1300, 900));
    List<MoveRow> moves = List.of(new MoveRow("block 4x1", 32, 64, 0.75, 128, 1.28, 3.84));
    OpsBenchmark.Figures figures =
        new OpsBenchmark.Figures(
            Map.of("cpu", "a processor"), "CPU AVX2", rows, moves, BreakEven.of(rows));
    String expected =
        """
        a processor, CPU AVX2

        forward: how often faster than dense, by sparsity
                     batch  threads  layout  dense µs  50 %  70 %  90 %  95 %  libtorch's sparse µs  over ours
          32x64         64        1  csr          100  0.50  2.00  12.3                        80.0       9.88
          1024x1024     64        1  csr          100        1.50         104

        train_step: how often faster than dense, by sparsity
                    batch  threads  layout  dense µs  90 %
          64-32-10     64        2  csr         1234  2.47
          64-32-10     64        1  csr         1300  1.44

        threads: how often faster than on one, by sparsity
                                batch  threads  layout  90 %
          train_step  64-32-10     64        2  csr     1.80

        break-even sparsity, from 0 to 100 %: . dense is faster, # sparse is, blank not measured
                              batch  threads  layout                                            from
          forward  32x64         64        1  csr     ........................################  60 %
          forward  1024x1024     64        1  csr                                 ############  below 70 %

        moves: an index follows a changed topology in place
                 layout     zeros  entries    µs  ns an entry  with the transpose µs  ns an entry
          32x64  block 4x1  75 %       128  1.28         10.0                   3.84         30.0
        """;
    assertEquals(expected, OpsText.of(figures));
  }
}
