package io.coppice.framework.blocks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.MalformedModelException;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Topology;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TopologyStreamTest {

  static Stream<Topology> topologies() {
    boolean[] mask = new boolean[5 * 8];
    mask[1] = mask[9] = mask[13] = mask[38] = true;
    return Stream.of(new Layout.Csr(), new Layout.Blocks(2, 4), new Layout.NOfM(1, 4))
        .map(layout -> Topology.of(layout, 5, 8, mask));
  }

  @ParameterizedTest
  @MethodSource("topologies")
  void bringsBackWhatItWrote(Topology topology) throws Exception {
    assertEquals(topology, read(bytes(topology)));
  }

  @ParameterizedTest
  @MethodSource("topologies")
  void noDamagedByteMakesABrokenTopology(Topology topology) throws Exception {
    byte[] bytes = bytes(topology);
    int refused = 0;
    for (int i = 0; i < bytes.length; i++) {
      for (int flip = 1; flip < 256; flip <<= 1) {
        byte[] damaged = bytes.clone();
        damaged[i] ^= (byte) flip;
        refused += isRefused(damaged) ? 1 : 0;
      }
    }
    assertTrue(refused > 5 * bytes.length, refused + " of " + 8 * bytes.length);
  }

  @Test
  void aLengthThatIsMadeUpTakesNoMemory() throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeByte(0);
    for (int number : new int[] {1, 1, Integer.MAX_VALUE - 8, 4, Integer.MAX_VALUE - 8}) {
      out.writeInt(number);
    }
    assertThrows(EOFException.class, () -> read(bytes.toByteArray()));
  }

  private static boolean isRefused(byte[] damaged) throws IOException {
    try {
      read(damaged);
      return false;
    } catch (MalformedModelException | EOFException refused) {
      return true;
    }
  }

  private static byte[] bytes(Topology topology) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    TopologyStream.write(topology, new DataOutputStream(bytes));
    return bytes.toByteArray();
  }

  private static Topology read(byte[] bytes) throws IOException, MalformedModelException {
    return TopologyStream.read(new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
