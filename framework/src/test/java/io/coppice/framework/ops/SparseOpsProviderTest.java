package io.coppice.framework.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import ai.djl.Device;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SparseOpsProviderTest {

  @AfterEach
  void forget() {
    System.clearProperty(PropertyProvider.PROPERTY);
  }

  @Test
  void servesInJavaWhereNoProviderCan() {
    assertEquals("Java", SparseOps.find().name());
  }

  @Test
  void prefersAProviderThatCan() {
    System.setProperty(PropertyProvider.PROPERTY, "elsewhere");
    assertEquals("elsewhere", SparseOps.find().name());
  }

  @Test
  void saysThatNothingServesADevice() {
    System.setProperty(PropertyProvider.PROPERTY, "elsewhere");
    Exception refusal = assertThrows(MissingOpsException.class, () -> SparseOps.find(Device.gpu()));
    assertEquals(
        "no sparse operations serve gpu(0): coppice-engine-sparse-ops is not on the class path, or"
            + " knows no such device. Dense layers serve there",
        refusal.getMessage());
  }

  @Test
  void saysWhyAProviderDoesNotServeItsDevice() {
    Exception refusal = SparseOpsProvider.missing(Device.gpu(), List.of(new PropertyProvider()));
    assertEquals(
        "no sparse operations serve gpu(0): serves where coppice.test.ops is set. Dense layers"
            + " serve there",
        refusal.getMessage());
  }

  @Test
  void listsWhatProvidersSay() {
    assertEquals(
        List.of("serves where coppice.test.ops is set"),
        SparseOpsProvider.all().stream().map(SparseOpsProvider::availability).toList());
  }

  @Test
  void convolvesInJavaWhereAHomeCannot() {
    System.setProperty(PropertyProvider.PROPERTY, "elsewhere");
    Topology one = Topology.of(new Layout.Csr(), 1, 1, new float[] {1});
    ConvolutionShape shape = new ConvolutionShape(1, 1, 2, 1, 1, 1, 0, 1);
    Floats y = Floats.allocate(2);
    try (SparseOps.Convolution convolution = SparseOps.find().convolution(one, shape)) {
      convolution.forward(
          new Forward(Floats.copyOf(3), Floats.copyOf(5, 7), 1, Floats.NONE, false, y));
    }
    assertArrayEquals(new float[] {15, 21}, y.toArray());
  }
}
