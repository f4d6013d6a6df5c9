package io.coppice.cli.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import io.coppice.datasets.files.DataFolders;
import io.coppice.datasets.files.DownloadProgress;
import io.coppice.datasets.files.ProgressLines;
import io.coppice.datasets.files.Published;
import io.coppice.framework.data.DataException;
import io.coppice.framework.ops.JavaOps;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.SparseOpsProvider;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CheckupTest {

  private record Home(boolean serves, String availability) implements SparseOpsProvider {
    @Override
    public Optional<SparseOps> open(Device device) {
      return serves ? Optional.of(new JavaOps()) : Optional.empty();
    }
  }

  @TempDir Path folder;

  @Test
  void anAbsentMavenComesWithItsRemedy() {
    Finding finding = Checkup.maven(Optional.empty());
    assertFalse(finding.ok());
    assertTrue(finding.finding().contains("apt-get install -y maven"), finding::finding);
    assertEquals(
        new Finding("Maven", true, "Apache Maven 3"), Checkup.maven(Optional.of("Apache Maven 3")));
  }

  @Test
  void sparseOperationsSayWhatServes() {
    assertEquals(
        new Finding("sparse operations", true, "a GPU is absent; CPU with AVX2"),
        Checkup.sparseOps(
            List.of(new Home(false, "a GPU is absent"), new Home(true, "CPU with AVX2"))));
    assertEquals(
        new Finding("sparse operations", false, "plain Java serves, as g++ is absent"),
        Checkup.sparseOps(List.of(new Home(false, "g++ is absent"))));
    assertEquals(
        new Finding("sparse operations", false, "plain Java serves"), Checkup.sparseOps(List.of()));
  }

  @Test
  void cudaSaysWhatIsMissing() {
    assertEquals(
        new Finding("CUDA", false, "there is no driver"),
        Checkup.cuda(List.of(new Home(false, "there is no driver"))));
    assertEquals(
        new Finding("CUDA", true, "H200 with driver 13.0"),
        Checkup.cuda(List.of(new Home(true, "H200 with driver 13.0"))));
    assertEquals(
        new Finding("CUDA", false, "no sparse operations for it"), Checkup.cuda(List.of()));
  }

  @Test
  void dataAreThereWhenAllOfTheirFilesAre() throws IOException {
    put("cifar10", Published.CIFAR10.name());
    put("mnist", Published.MNIST_TEST_LABELS.name());
    DownloadProgress progress = new ProgressLines(System.err);
    DataFolders folders =
        new DataFolders(
            Optional.empty(), folder, Optional.empty(), Duration.ofSeconds(1), progress);
    Finding finding = Checkup.data(folders);
    assertFalse(finding.ok());
    assertTrue(finding.finding().startsWith("cifar10 in "), finding::finding);
    assertTrue(finding.finding().contains(folder.toString()), finding::finding);
    assertTrue(finding.finding().matches(".* gets .*\\bmnist\\b.*"), finding::finding);
  }

  private void put(String dataSet, String file) throws IOException {
    Files.createFile(Files.createDirectories(folder.resolve(dataSet)).resolve(file));
  }

  @Test
  void aPythonWithoutTorchComesWithItsRemedy() {
    Finding finding = Checkup.torch(Optional.empty());
    assertFalse(finding.ok());
    assertTrue(
        finding.finding().endsWith("apt-get install -y python3-torch libopenblas0-pthread"),
        finding::finding);
    assertEquals(
        "1.13.1 of python3",
        Checkup.torch(Optional.of(new PythonTorch("python3", "1.13.1"))).finding());
  }

  @Test
  void aCheckThatFailsIsAFinding() {
    assertEquals(
        new Finding("data", false, "COPPICE_DATA is odd"),
        Finding.of(
            "data",
            () -> {
              throw new DataException("COPPICE_DATA is odd");
            }));
    Finding linkage =
        Finding.of(
            "engine",
            () -> {
              throw new UnsatisfiedLinkError("no libtorch\nat all");
            });
    assertEquals("java.lang.UnsatisfiedLinkError: no libtorch", linkage.finding());
  }

  @Test
  void programsSpeakForThemselves() {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    assertTrue(Program.firstLine(java, "--version").isPresent());
    assertEquals(Optional.empty(), Program.firstLine(java, "--no-such-option"));
    assertEquals(Optional.empty(), Program.firstLine("no-such-program-" + folder.getFileName()));
  }
}
