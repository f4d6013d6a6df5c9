package io.coppice.engines.sparse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.testing.Needs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CpuOpsProviderTest {
  private final CpuOpsProvider provider = new CpuOpsProvider();

  @Test
  void servesTheFrameworkWithTheBestInstructionSet() {
    CpuOps best = NativeMachine.best();
    assertEquals(best.name(), SparseOps.find().name());
    assertEquals("native sparse operations with " + best.name(), provider.availability());
  }

  @Test
  void servesWithTheInstructionSetThatIsForced() {
    for (Isa isa : NativeMachine.instructionSets()) {
      assertEquals("CPU " + isa, CpuOpsProvider.best(isa.word()).orElseThrow().name());
    }
  }

  @Test
  void refusesAnUnknownInstructionSet() {
    String message =
        assertThrows(RecipeException.class, () -> CpuOpsProvider.best("sse")).getMessage();
    assertEquals("COPPICE_ISA is sse; allowed: scalar, avx2, avx512", message);
  }

  @Test
  void saysWhatIsMissing() {
    if (CpuOpsProvider.instructionSets().isEmpty()) {
      assertTrue(CpuOpsProvider.best(null).isEmpty());
      assertTrue(provider.availability().contains("apt-get install -y g++"));
    } else {
      assertFalse(provider.availability().contains("apt-get"));
    }
  }

  /**
   * A build goes on when the C++ does not compile, so that a user has the rest; here it may not.
   */
  @Test
  void isThereWhereThereIsACompiler() {
    Needs.program("g++", "g++");
    assertFalse(CpuOpsProvider.instructionSets().isEmpty(), provider.availability());
  }

  /** Two OpenMP runtimes in a process have two pools of threads, which fight for the cores. */
  @Test
  void sharesTheEnginesThreads() throws IOException {
    NativeMachine.best();
    Path maps = Path.of("/proc/self/maps");
    assumeTrue(Files.exists(maps));
    try (Stream<String> lines = Files.lines(maps)) {
      List<String> runtimes =
          lines
              .filter(line -> line.matches(".*/lib(gomp|omp|iomp5)[-.].*"))
              .map(line -> line.substring(line.indexOf('/')))
              .distinct()
              .toList();
      assertEquals(1, runtimes.size(), runtimes::toString);
    }
  }
}
