package io.coppice.framework.ops;

/** All terms y[output] += w[weight] · x[input] of a product, written down as its definition. */
@FunctionalInterface
interface Terms {

  /** Takes one term; the weight is a row-major position in the dense matrix. */
  @FunctionalInterface
  interface Visitor {
    void visit(int output, int weight, int input);
  }

  void forEach(Visitor visitor);

  /** y = x Wᵀ for x [batch, columns] and W [rows, columns]. */
  static Terms ofMatrix(int batch, int rows, int columns) {
    return visitor -> {
      for (int b = 0; b < batch; b++) {
        for (int r = 0; r < rows; r++) {
          for (int c = 0; c < columns; c++) {
            visitor.visit(b * rows + r, r * columns + c, b * columns + c);
          }
        }
      }
    };
  }

  /** A convolution, by the place of each number of the kernel on the padded image. */
  static Terms ofConvolution(int batch, int channelsOut, ConvolutionShape s) {
    int outEach = channelsOut / s.groups();
    int inEach = s.channelsIn() / s.groups();
    return visitor -> {
      int output = 0;
      for (int b = 0; b < batch; b++) {
        for (int out = 0; out < channelsOut; out++) {
          for (int oy = 0; oy < s.outputHeight(); oy++) {
            for (int ox = 0; ox < s.outputWidth(); ox++, output++) {
              for (int c = 0; c < inEach; c++) {
                for (int ky = 0; ky < s.kernelHeight(); ky++) {
                  for (int kx = 0; kx < s.kernelWidth(); kx++) {
                    int iy = oy * s.stride() + ky - s.padding();
                    int ix = ox * s.stride() + kx - s.padding();
                    if (iy >= 0 && iy < s.height() && ix >= 0 && ix < s.width()) {
                      int channel = b * s.channelsIn() + out / outEach * inEach + c;
                      visitor.visit(
                          output,
                          ((out * inEach + c) * s.kernelHeight() + ky) * s.kernelWidth() + kx,
                          (channel * s.height() + iy) * s.width() + ix);
                    }
                  }
                }
              }
            }
          }
        }
      }
    };
  }
}
