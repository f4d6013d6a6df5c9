package io.coppice.engines.pytorch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.convolutional.Conv2d;
import io.coppice.framework.execution.EngineProducts;
import io.coppice.framework.execution.Pass;
import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.Floats;
import io.coppice.framework.ops.Forward;
import io.coppice.framework.ops.JavaOps;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.SparseOps;
import io.coppice.framework.ops.Topology;
import io.coppice.framework.recipe.RecipeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PyTorchProductsTest {
  private static final int OUT = 7;
  private static final int IN = 5;
  private static final int BATCH = 3;

  /** TorchScript watches its first runs and compiles anew. */
  private static final int RUNS = 5;

  static {
    new PyTorchSupport().start();
  }

  private final EngineProducts products = EngineProducts.find().orElseThrow();
  private final NDManager manager = NDManager.newBaseManager();
  private final Topology topology = Topology.of(new Layout.Csr(), OUT, IN, mask());
  private final NDArray x = manager.randomNormal(new Shape(BATCH, IN));
  private final NDArray values = manager.randomNormal(new Shape(topology.values()));
  private final NDArray w =
      manager.create(topology.scatter(values.toFloatArray()), new Shape(OUT, IN));
  private final NDArray b = manager.randomNormal(new Shape(OUT));

  private static boolean[] mask() {
    boolean[] mask = new boolean[OUT * IN];
    for (int i = 0; i < mask.length; i++) {
      mask[i] = i % 3 == 0 || i % 7 == 1;
    }
    return mask;
  }

  @AfterEach
  void close() {
    manager.close();
  }

  private static Floats floats(NDArray array) {
    return Floats.copyOf(array.toFloatArray());
  }

  private float[] expectedOutput() {
    Floats y = Floats.allocate(BATCH * OUT);
    try (SparseOps.Product product = new JavaOps().product(topology)) {
      product.forward(new Forward(floats(values), floats(x), BATCH, floats(b), false, y));
    }
    return y.toArray();
  }

  private static void assertClose(float[] expected, NDArray actual) {
    assertArrayEquals(expected, actual.toFloatArray(), 1e-5f);
  }

  @Test
  void denseForwardWritesTheOutput() {
    NDArray y = manager.create(new Shape(BATCH, OUT));
    try (Pass pass = products.forward(x, w, b, y)) {
      pass.run();
    }
    assertClose(expectedOutput(), y);
  }

  @Test
  void denseBackwardWritesTheGradients() {
    NDArray dy = manager.randomNormal(new Shape(BATCH, OUT));
    NDArray dx = manager.create(new Shape(BATCH, IN));
    NDArray dw = manager.create(new Shape(OUT, IN));
    NDArray db = manager.create(new Shape(OUT));
    try (Pass pass = products.backward(x, w, dy, dx, dw, db)) {
      pass.run();
    }
    assertClose(dy.matMul(w).toFloatArray(), dx);
    assertClose(dy.transpose().matMul(x).toFloatArray(), dw);
    assertClose(dy.sum(new int[] {0}).toFloatArray(), db);
  }

  /** Eight binary digits are kept; a tie goes to the even neighbour. */
  @Test
  void roundsToBfloat16() {
    NDArray numbers =
        manager.create(new float[] {1 + 0x1p-7f, 1 + 0x1p-8f, 1 + 3 * 0x1p-8f, 0x1p120f});
    NDArray rounded = products.rounded(numbers);
    assertArrayEquals(
        new float[] {1 + 0x1p-7f, 1, 1 + 0x1p-6f, 0x1p120f},
        rounded.toType(DataType.FLOAT32, true).toFloatArray());
  }

  @Test
  void denseProductsTakeBfloat16() {
    NDArray rounded = products.rounded(x);
    NDArray weights = products.rounded(w);
    NDArray y = products.rounded(manager.zeros(new Shape(BATCH, OUT)));
    NDArray dx = products.rounded(manager.zeros(new Shape(BATCH, IN)));
    NDArray dw = products.rounded(manager.zeros(new Shape(OUT, IN)));
    NDArray db = products.rounded(manager.zeros(new Shape(OUT)));
    try (Pass forward = products.forward(rounded, weights, products.rounded(b), y);
        Pass backward = products.backward(rounded, weights, y, dx, dw, db)) {
      for (int run = 0; run < RUNS; run++) {
        forward.run();
        backward.run();
      }
    }
    NDArray outputs = y.toType(DataType.FLOAT32, true);
    assertRounded(expectedOutput(), y);
    assertRounded(outputs.matMul(w).toFloatArray(), dx);
    assertRounded(outputs.transpose().matMul(x).toFloatArray(), dw);
    assertRounded(outputs.sum(new int[] {0}).toFloatArray(), db);
  }

  /** Within what rounding moves terms that may cancel. */
  private static void assertRounded(float[] expected, NDArray actual) {
    assertEquals(DataType.UNKNOWN, actual.getDataType());
    assertArrayEquals(expected, actual.toType(DataType.FLOAT32, true).toFloatArray(), 0.2f);
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 0, 1", "3, 1, 1, 1", "3, 2, 2, 2"})
  void convolutionWritesTheOutput(int kernel, int stride, int padding, int groups) {
    ConvolutionShape shape = new ConvolutionShape(4, 6, 5, kernel, kernel, stride, padding, groups);
    NDArray images = manager.randomNormal(new Shape(BATCH, 4, 6, 5));
    NDArray kernels = manager.randomNormal(new Shape(8, 4 / groups, kernel, kernel));
    NDArray bias = manager.randomNormal(new Shape(8));
    NDArray expected =
        Conv2d.conv2d(
                images,
                kernels,
                bias,
                new Shape(stride, stride),
                new Shape(padding, padding),
                new Shape(1, 1),
                groups)
            .singletonOrThrow();
    NDArray y = manager.create(expected.getShape());
    try (Pass pass = products.convolution(images, kernels, bias, shape, y)) {
      for (int run = 0; run < RUNS; run++) {
        pass.run();
      }
    }
    assertClose(expected.toFloatArray(), y);
  }

  @Test
  void sparseForwardWritesTheOutput() {
    NDArray y = manager.create(new Shape(BATCH, OUT));
    try (Pass pass = products.sparseForward(x, topology, values.toFloatArray(), b, y)) {
      for (int run = 0; run < RUNS; run++) {
        pass.run();
      }
    }
    assertClose(expectedOutput(), y);
  }

  @Test
  void sparseTransposedLeavesTheBiasToOthers() {
    NDArray yt = manager.create(new Shape(OUT, BATCH));
    try (Pass pass = products.sparseTransposed(x, topology, values.toFloatArray(), yt)) {
      for (int run = 0; run < RUNS; run++) {
        pass.run();
      }
    }
    assertClose(expectedOutput(), yt.transpose().add(b));
  }

  @Test
  void onlyCompressedRowsAreItsOwn() {
    Topology blocks = Topology.of(new Layout.Blocks(4, 1), OUT, IN, mask());
    float[] numbers = new float[blocks.values()];
    NDArray y = manager.create(new Shape(BATCH, OUT));
    assertThrows(RecipeException.class, () -> products.sparseForward(x, blocks, numbers, b, y));
  }

  /** What a dense layer is measured with may not wait for the kernel to hand out pages. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aWarmDensePassFaultsNoPages() throws IOException {
    int size = 3072;
    NDArray input = manager.ones(new Shape(BATCH, size));
    NDArray square = manager.ones(new Shape(size, size));
    NDArray bias = manager.ones(new Shape(size));
    NDArray dx = manager.create(input.getShape());
    NDArray dw = manager.create(square.getShape());
    NDArray db = manager.create(bias.getShape());
    try (Pass pass = products.backward(input, square, input, dx, dw, db)) {
      for (int run = 0; run < RUNS; run++) {
        pass.run();
      }
      long before = pageFaults();
      for (int run = 0; run < RUNS; run++) {
        pass.run();
      }
      long pagesOfGradient = dw.size() * Float.BYTES / 4096;
      assertTrue(pageFaults() - before < pagesOfGradient / 10, "a gradient was new memory");
    }
  }

  /** The minor faults of this thread: the eighth field after its name. */
  private static long pageFaults() throws IOException {
    String line = Files.readString(Path.of("/proc/thread-self/stat"));
    return Long.parseLong(line.substring(line.lastIndexOf(')') + 2).split(" ")[7]);
  }

  @Test
  void threadsAreTheEngines() {
    int before = products.threads();
    try {
      products.useThreads(before + 1);
      assertEquals(before + 1, products.threads());
    } finally {
      products.useThreads(before);
    }
    assertThrows(RecipeException.class, () -> products.useThreads(0));
  }
}
