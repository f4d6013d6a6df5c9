package io.coppice.repro;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.coppice.framework.run.RunResult;
import io.coppice.framework.training.EpochRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LedgerTest {

  @Test
  void whatIsWrittenIsReadAgain(@TempDir Path folder) {
    List<RunResult> runs = new ArrayList<>(RuleTest.runs(0.1 + 0.2, 1.0 / 3, 0.5));
    EpochRow epoch = new EpochRow(1, 2, 3, 0.25, 77, true, 0.1, 9);
    runs.add(
        new RunResult("a, \"b\"", 7, "00e1", Optional.of("all, closed"), Map.of(), List.of(epoch)));
    new Ledger("s", runs).write(folder);
    Ledger read = Ledger.read("s", folder);
    assertEquals(new Ledger("s", runs).files(), read.files());
    assertEquals(runs.get(0).metrics(), read.of("ours").get(0).metrics());
    RunResult collapsed = read.of("a, \"b\"").get(0);
    assertEquals("00e1", collapsed.run());
    assertEquals(Optional.of("all, closed"), collapsed.collapse());
    assertEquals(77, collapsed.epochs().get(0).nonzero());
    assertEquals(List.of("ours", "a, \"b\""), read.methods());
  }

  @Test
  void namesBecomeFolders() {
    assertEquals("lenet-300-100-on-mnist", Slug.of("LeNet-300-100 on MNIST"));
    assertEquals("x-0-5", Slug.of(" X = 0.5 %"));
  }
}
