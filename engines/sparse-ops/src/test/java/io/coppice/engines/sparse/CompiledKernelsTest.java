package io.coppice.engines.sparse;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The CUDA kernels' texts as they are packed, compiled by nvcc; no GPU is needed. */
class CompiledKernelsTest {
  private static final Path TEXTS =
      Path.of("target/classes/io/coppice/engines/sparse/cuda").toAbsolutePath();
  private static final Pattern SPILLED = Pattern.compile("(\\d+) bytes spill stores");
  private static final int MOST_SPILLED_BYTES = 32;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({
    "transpose, ''",
    "optimizer, ''",
    "conv2d, ''",
    "spmm, ''",
    "sddmm, ''",
    "blocks, -DHEIGHT=32 -DWIDTH=32",
    "two_of_four, ''"
  })
  void fitTheRegistersOfHopper(String op, String defines) throws Exception {
    compile(op, defines, "sm_90");
  }

  @ParameterizedTest
  @Tag("slow")
  @CsvSource({
    "transpose, -DCOPPICE_BF16",
    "conv2d, -DCOPPICE_BF16",
    "spmm, -DTILE=64 -DWARP_ROWS=8",
    "spmm, -DTILE=32 -DWARP_ROWS=1",
    "spmm, -DHEIGHT=4",
    "spmm, -DHEIGHT=16",
    "spmm, -DHEIGHT=1 -DWIDTH=4",
    "spmm, -DHEIGHT=1 -DWIDTH=16",
    "spmm, -DHEIGHT=5 -DWIDTH=3",
    "spmm, -DHEIGHT=32 -DWIDTH=32",
    "spmm, -DCOPPICE_BF16",
    "spmm, -DCOPPICE_BF16 -DHEIGHT=8",
    "spmm, -DCOPPICE_BF16 -DHEIGHT=32 -DWIDTH=32 -DTILE=32 -DWARP_ROWS=1",
    "sddmm, -DHEIGHT=4",
    "sddmm, -DHEIGHT=16",
    "sddmm, -DHEIGHT=32 -DWIDTH=32",
    "sddmm, -DCOPPICE_BF16",
    "blocks, -DHEIGHT=16 -DWIDTH=16",
    "blocks, -DHEIGHT=48 -DWIDTH=32",
    "blocks, -DHEIGHT=64 -DWIDTH=64",
    "two_of_four, ''"
  })
  void fitTheRegistersOfAllChips(String op, String defines) throws Exception {
    for (String chip : List.of("sm_80", "sm_90", "sm_100", "sm_120")) {
      compile(op, defines, chip);
    }
  }

  @Test
  void becomePtx() throws Exception {
    List<String> command = command("-ptx", "compute_80");
    Path ptx = folder.resolve("spmm.ptx");
    command.addAll(List.of("-o", ptx.toString(), TEXTS.resolve("spmm.cu").toString()));
    assertEquals("", Command.run(TEXTS, command));
    assertTrue(Files.readString(ptx).contains(".visible .entry coppice_spmm("));
  }

  /** Next to nothing may lie in slow memory because it does not fit into registers. */
  private void compile(String op, String defines, String chip) throws Exception {
    List<String> command = command("-cubin", chip);
    command.addAll(List.of("-Xptxas", "-v", "-o", folder.resolve("code").toString()));
    command.addAll(List.of(defines.isEmpty() ? new String[0] : defines.split(" ")));
    command.add(TEXTS.resolve(op + ".cu").toString());
    String said = Command.run(TEXTS, command);
    Matcher spilled = SPILLED.matcher(said);
    int kernels = 0;
    while (spilled.find()) {
      assertTrue(Integer.parseInt(spilled.group(1)) <= MOST_SPILLED_BYTES, chip + " " + said);
      kernels++;
    }
    assertNotEquals(0, kernels, said);
  }

  private static List<String> command(String kind, String chip) throws InterruptedException {
    assumeTrue(Command.canRun("nvcc", "--version"), "there is no nvcc");
    return new ArrayList<>(
        List.of("nvcc", "--std=c++17", "-diag-suppress", "177", kind, "-arch=" + chip));
  }
}
