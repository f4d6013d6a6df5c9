package io.coppice.framework.ops;

/** The memory of a device, as seen from the host. */
public interface FloatMemory {

  /** New floats; what they hold is not said. */
  Floats allocate(long count);

  /**
   * Copies numbers of the host to floats of the device.
   *
   * @throws IllegalArgumentException when there are not as many floats as numbers
   */
  void write(Floats to, float[] numbers);

  /** A copy of the device's floats, once all that was to change them is done. */
  float[] read(Floats from);

  /** Waits until the device has done all that it was given for the engine's stream. */
  default void await() {}

  /** New floats that hold these numbers. */
  default Floats copyOf(float... numbers) {
    Floats floats = allocate(numbers.length);
    write(floats, numbers);
    return floats;
  }

  /** Checks that numbers fit floats. */
  static void requireLength(Floats floats, float[] numbers) {
    if (floats.count() != numbers.length) {
      throw new IllegalArgumentException(
          floats.count() + " floats cannot take " + numbers.length + " numbers");
    }
  }

  /** That of the host. */
  FloatMemory HOST =
      new FloatMemory() {
        @Override
        public Floats allocate(long count) {
          return Floats.allocate(count);
        }

        @Override
        public void write(Floats to, float[] numbers) {
          requireLength(to, numbers);
          if (numbers.length > 0) {
            to.buffer().put(numbers);
          }
        }

        @Override
        public float[] read(Floats from) {
          return from.toArray();
        }
      };
}
