package io.coppice.framework.ops;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.djl.Device;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;

class FloatsTest {

  @Test
  void sharesTheMemoryOfWhatRemainsOfABuffer() {
    FloatBuffer buffer =
        ByteBuffer.allocateDirect(16).order(ByteOrder.nativeOrder()).asFloatBuffer();
    buffer.put(new float[] {1, 2, 3, 4}).position(1).limit(3);
    Floats floats = Floats.of(buffer);
    assertEquals(2, floats.count());
    assertArrayEquals(new float[] {2, 3}, floats.toArray());
    floats.buffer().put(0, 7);
    assertEquals(7, buffer.get(1));
    assertEquals(4, floats.address() - Floats.of(buffer.position(0)).address());
  }

  @Test
  void allocatesZerosAtACacheLine() {
    Floats floats = Floats.allocate(5);
    assertEquals(0, floats.address() % 64);
    assertArrayEquals(new float[5], floats.toArray());
    assertEquals(0, Floats.allocate(0).toArray().length);
  }

  @Test
  void refusesABufferThatNativeCodeCannotRead() {
    assertRefused(
        "floats are a buffer on Java's heap; allowed: a direct buffer",
        () -> Floats.of(FloatBuffer.allocate(1)));
    ByteOrder other =
        ByteOrder.nativeOrder() == ByteOrder.BIG_ENDIAN
            ? ByteOrder.LITTLE_ENDIAN
            : ByteOrder.BIG_ENDIAN;
    assertRefused(
        "floats are a buffer in order " + other + "; allowed: " + ByteOrder.nativeOrder(),
        () -> Floats.of(ByteBuffer.allocateDirect(4).order(other).asFloatBuffer()));
  }

  @Test
  void refusesWhatNoBufferHolds() {
    assertRefused("floats are -1 floats; allowed: 0 to 536870879", () -> Floats.allocate(-1));
    assertRefused(
        "floats are 536870912 floats; allowed: 0 to 536870879", () -> Floats.allocate(1 << 29));
    assertRefused(
        "floats are 1073741824 floats; allowed: at most 536870879",
        () -> new Floats(4096, 1 << 30, null).toArray());
    assertRefused("floats are none; allowed: some", Floats.NONE::buffer);
    assertFalse(Floats.NONE.isPresent());
    assertTrue(Floats.allocate(1).isPresent());
  }

  @Test
  void onAGpuAreAnAddressOnly() {
    Floats floats = new Floats(4096, 2, Device.gpu(1), null);
    String sentence = "floats are on gpu(1); allowed: on cpu(), or a copy by FloatMemory.read";
    assertRefused(sentence, floats::buffer);
    assertRefused(sentence, floats::toArray);
    assertTrue(floats.isPresent());
  }

  private static void assertRefused(String sentence, Runnable call) {
    assertEquals(sentence, assertThrows(IllegalArgumentException.class, call::run).getMessage());
  }
}
