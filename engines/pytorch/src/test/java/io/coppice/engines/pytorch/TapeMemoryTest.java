package io.coppice.engines.pytorch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.NDScope;
import ai.djl.ndarray.types.Shape;
import io.coppice.framework.autograd.Autograd;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class TapeMemoryTest {
  private static final long MIB = 1 << 20;
  private static final int PAGE_BYTES = 4096;

  private final Autograd autograd = new PyTorchAutograd();

  @Test
  void aThousandStepsLeaveNothingBehind() throws IOException {
    new PyTorchSupport().start();
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray x = manager.ones(new Shape(64, 1024));
      NDArray w = manager.ones(new Shape(1024));
      w.setRequiresGradient(true);
      steps(50, x, w);
      int arrays = arrays(manager);
      long resident = residentBytes();
      steps(1000, x, w);
      assertEquals(arrays, arrays(manager));
      // each step makes ten tensors of a quarter of a mebibyte
      assertTrue(residentBytes() - resident < 64 * MIB, "grew from " + resident / MIB + " MiB");
    }
  }

  private void steps(int count, NDArray x, NDArray w) {
    for (int i = 0; i < count; i++) {
      try (NDScope scope = new NDScope();
          Tape tape = Tape.open()) {
        scope.suppressNotUsedWarning();
        NDArray h = autograd.apply(new Square(), x.mul(w));
        NDArray unused = autograd.apply(new Square(), h);
        assertTrue(unused.hasGradient());
        assertEquals(3, tape.size());
        if (i % 10 != 0) {
          tape.backward(autograd.apply(new Square(), h).add(h.sin()).mean());
        }
      }
    }
  }

  private static int arrays(NDManager manager) {
    return manager.getParentManager().getManagedArrays().size();
  }

  private static long residentBytes() throws IOException {
    Path statm = Path.of("/proc/self/statm");
    Assumptions.assumeTrue(Files.exists(statm));
    return PAGE_BYTES * Long.parseLong(Files.readString(statm).split(" ")[1]);
  }
}
