package io.coppice.framework.ops;

import ai.djl.Device;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * A contiguous run of 32-bit floats in memory that a tensor or a buffer owns.
 *
 * @param address of the first float in the device's memory, or 0 for none
 * @param count of floats
 * @param device in whose memory they lie
 * @param owner is kept alive as long as the run is, or null
 */
public record Floats(long address, long count, Device device, Object owner) {
  /** No floats: an argument that is left out. */
  public static final Floats NONE = new Floats(0, 0, null);

  private static final int CACHE_LINE = 64;
  private static final int LARGEST_BUFFER = (Integer.MAX_VALUE - 2 * CACHE_LINE) / Float.BYTES;

  /** In the memory of the host. */
  public Floats(long address, long count, Object owner) {
    this(address, count, Device.cpu(), owner);
  }

  /**
   * What remains of a buffer, without a copy.
   *
   * @throws IllegalArgumentException when the buffer is not direct or not in the native byte order
   */
  public static Floats of(FloatBuffer direct) {
    require(direct.isDirect(), "a buffer on Java's heap; allowed: a direct buffer");
    require(
        direct.order() == ByteOrder.nativeOrder(),
        "a buffer in order " + direct.order() + "; allowed: " + ByteOrder.nativeOrder());
    FloatBuffer rest = direct.slice();
    return new Floats(
        Pointer.nativeValue(Native.getDirectBufferPointer(rest)), rest.remaining(), rest);
  }

  /** New floats, all 0, from a cache line's first byte on. */
  public static Floats allocate(long count) {
    require(
        count >= 0 && count <= LARGEST_BUFFER, count + " floats; allowed: 0 to " + LARGEST_BUFFER);
    int bytes = Math.toIntExact(count * Float.BYTES);
    ByteBuffer memory = ByteBuffer.allocateDirect(bytes + 2 * CACHE_LINE).alignedSlice(CACHE_LINE);
    return of(memory.limit(bytes).order(ByteOrder.nativeOrder()).asFloatBuffer());
  }

  /** New memory that holds these numbers, from a cache line's first byte on. */
  public static Floats copyOf(float... numbers) {
    Floats floats = allocate(numbers.length);
    floats.buffer().put(numbers);
    return floats;
  }

  /** Whether some of the memory is the other's too. */
  boolean overlaps(Floats other) {
    return isPresent()
        && other.isPresent()
        && device.equals(other.device)
        && address < other.address + other.count * Float.BYTES
        && other.address < address + count * Float.BYTES;
  }

  public boolean isPresent() {
    return address != 0;
  }

  /**
   * A view of the floats.
   *
   * @throws IllegalArgumentException when they lie on a GPU, or when there are none or more than a
   *     buffer holds
   */
  public FloatBuffer buffer() {
    require(!device.isGpu(), "on " + device + "; allowed: on cpu(), or a copy by FloatMemory.read");
    require(isPresent(), "none; allowed: some");
    require(count <= LARGEST_BUFFER, count + " floats; allowed: at most " + LARGEST_BUFFER);
    if (owner instanceof FloatBuffer direct) {
      return direct.duplicate(); // keeps the memory alive, as an address does not
    }
    return new Pointer(address)
        .getByteBuffer(0, count * Float.BYTES)
        .order(ByteOrder.nativeOrder())
        .asFloatBuffer();
  }

  /**
   * A copy of the floats.
   *
   * @throws IllegalArgumentException when they lie on a GPU or are more than an array holds
   */
  public float[] toArray() {
    if (count == 0) {
      return new float[0];
    }
    FloatBuffer buffer = buffer();
    float[] copy = new float[buffer.capacity()];
    buffer.get(copy);
    return copy;
  }

  private static void require(boolean condition, String problem) {
    if (!condition) {
      throw new IllegalArgumentException("floats are " + problem);
    }
  }
}
