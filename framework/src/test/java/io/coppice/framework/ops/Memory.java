package io.coppice.framework.ops;

/** Numbers outside of Java's heap. */
final class Memory {
  private Memory() {}

  static Floats of(float... numbers) {
    Floats floats = Floats.allocate(numbers.length);
    floats.buffer().put(numbers);
    return floats;
  }
}
