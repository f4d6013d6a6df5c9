package io.coppice.framework.ops;

/**
 * A contiguous run of 32-bit floats in memory that a tensor or a buffer owns.
 *
 * @param address of the first float in the memory of the host or of a GPU, or 0 for none
 * @param count of floats
 * @param owner is kept alive as long as the run is, or null
 */
public record Floats(long address, long count, Object owner) {
  /** No floats: an argument that is left out. */
  public static final Floats NONE = new Floats(0, 0, null);

  public boolean isPresent() {
    return address != 0;
  }
}
