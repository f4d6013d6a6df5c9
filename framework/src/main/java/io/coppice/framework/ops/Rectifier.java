package io.coppice.framework.ops;

/** ReLU, in place. */
final class Rectifier {
  private Rectifier() {}

  static void apply(float[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] = Math.max(0, y[i]);
    }
  }

  /** A copy of the gradient of what ReLU gave, 0 where ReLU gave 0; all of it where y is absent. */
  static float[] masked(Floats dy, Floats y) {
    float[] gradient = dy.toArray();
    if (y.isPresent()) {
      float[] given = y.toArray();
      for (int i = 0; i < gradient.length; i++) {
        gradient[i] = given[i] > 0 ? gradient[i] : 0;
      }
    }
    return gradient;
  }
}
