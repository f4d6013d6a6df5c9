package io.coppice.engines.sparse.cuda;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.Device;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.SparseOpsProvider;
import java.util.Optional;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

class CudaDriverTest {
  private static final String ABSENT =
      "there is no NVIDIA driver on this machine: libcuda.so.1 is not found";

  @Test
  void aMachineWithoutADriverIsToldSo() {
    Optional<String> problem = CudaDriver.inThisProcess().problem();
    assumeTrue(problem.isPresent(), "there is a GPU");
    assumeTrue(problem.get().equals(ABSENT), "there is a driver");
    CudaOpsProvider provider = new CudaOpsProvider();
    assertEquals(ABSENT, provider.availability());
    assertEquals(Optional.empty(), provider.open(Device.gpu()));
    Exception refusal =
        Assertions.assertThrows(IllegalStateException.class, () -> SparseOps.find(Device.gpu()));
    assertEquals(
        "no sparse operations serve gpu(0): " + ABSENT + ". Dense layers serve there",
        refusal.getMessage());
  }

  @Test
  void servesGpusOnlyAndLooksForNothingElsewhere() {
    CudaOpsProvider provider = new CudaOpsProvider();
    assertTrue(provider.serves(Device.gpu(3)));
    assertEquals(false, provider.serves(Device.cpu()));
    assertTrue(SparseOpsProvider.all().stream().anyMatch(CudaOpsProvider.class::isInstance));
  }

  @Test
  void aLibraryThatIsNotThereIsNoDriver() {
    assertEquals(
        Optional.of("there is no NVIDIA driver on this machine: libabsent.so.1 is not found"),
        CudaDriver.load("libabsent.so.1").problem());
  }

  /** C's library stands for a driver from before a function that is called. */
  @Test
  void aLibraryWithoutTheFunctionsIsATooOldDriver() {
    String problem = CudaDriver.load("libc.so.6").problem().orElseThrow();
    assertTrue(
        problem.startsWith(
            "NVIDIA's driver is too old for the sparse operations, which need CUDA 11.8: "),
        problem);
  }

  @Test
  void anOldDriverIsToldTheLeastVersion() {
    assertEquals(
        Optional.of("NVIDIA's driver serves CUDA 11.4; allowed: 11.8 or later"),
        CudaDriver.tooOld(CudaVersion.of(11_040)));
    assertEquals(Optional.empty(), CudaDriver.tooOld(CudaVersion.of(11_080)));
    assertEquals(Optional.empty(), CudaDriver.tooOld(CudaVersion.of(13_000)));
  }

  @Test
  void aFailedCallIsASentenceWithTheDriversWordsAndWhatToDo() {
    assertEquals(
        "CUDA's cuMemAlloc failed with CUDA_ERROR_OUT_OF_MEMORY, status 2: out of memory (a smaller"
            + " batch needs less of the GPU's memory)",
        DriverStatus.sentence("cuMemAlloc", 2, "CUDA_ERROR_OUT_OF_MEMORY", "out of memory"));
    assertEquals(
        "CUDA's cuLaunchKernel failed with CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES, status 701: too many"
            + " resources requested for launch",
        DriverStatus.sentence(
            "cuLaunchKernel",
            701,
            "CUDA_ERROR_LAUNCH_OUT_OF_RESOURCES",
            "too many resources requested for launch"));
  }
}
