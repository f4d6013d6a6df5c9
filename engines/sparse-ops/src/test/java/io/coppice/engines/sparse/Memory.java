package io.coppice.engines.sparse;

import io.coppice.framework.ops.Floats;
import java.nio.FloatBuffer;
import java.util.Random;

/** Floats outside of Java's heap. */
final class Memory {
  private Memory() {}

  static Floats of(float... numbers) {
    Floats floats = Floats.allocate(numbers.length);
    floats.buffer().put(numbers);
    return floats;
  }

  static Floats normal(int count, Random random) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return of(numbers);
  }

  /** Not numbers, as what must be overwritten. */
  static Floats unset(int count) {
    Floats floats = Floats.allocate(count);
    FloatBuffer buffer = floats.buffer();
    while (buffer.hasRemaining()) {
      buffer.put(Float.NaN);
    }
    return floats;
  }
}
