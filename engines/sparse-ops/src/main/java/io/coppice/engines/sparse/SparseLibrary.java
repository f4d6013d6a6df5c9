package io.coppice.engines.sparse;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.nio.file.Path;

/** The C interface of {@code cpu/abi/coppice_sparse.h}; addresses and handles are longs. */
final class SparseLibrary {
  private SparseLibrary() {}

  /**
   * Binds the methods.
   *
   * @throws UnsatisfiedLinkError when the file is no library for this machine
   */
  static void bind(Path file) {
    Native.register(SparseLibrary.class, NativeLibrary.getInstance(file.toString()));
  }

  static native int coppice_has_isa(int isa);

  static native int coppice_threads();

  static native void coppice_set_threads(int threads);

  static native long coppice_product_create(
      int isa, int rows, int columns, int height, int width, int[] starts, int[] blockColumns);

  static native int coppice_product_move(long product, int[] starts, int[] blockColumns);

  static native void coppice_product_destroy(long product);

  static native int coppice_product_forward(
      long product, long values, long x, int batch, long bias, int relu, long y);

  static native int coppice_product_backward(
      long product,
      long values,
      long x,
      long y,
      long dy,
      int batch,
      long dx,
      long dvalues,
      long dbias,
      int add);

  static native long coppice_convolution_create(
      int isa,
      int rows,
      int channels,
      int imageHeight,
      int imageWidth,
      int kernelHeight,
      int kernelWidth,
      int stride,
      int padding,
      int groups,
      int height,
      int width,
      int[] starts,
      int[] blockColumns);

  static native int coppice_convolution_move(long convolution, int[] starts, int[] blockColumns);

  static native void coppice_convolution_destroy(long convolution);

  static native int coppice_convolution_forward(
      long convolution, long values, long x, int batch, long bias, int relu, long y);

  static native int coppice_convolution_backward(
      long convolution,
      long values,
      long x,
      long y,
      long dy,
      int batch,
      long dx,
      long dvalues,
      long dbias);

  static native void coppice_sgd(
      int isa,
      long parameters,
      long gradients,
      long velocities,
      long mask,
      long count,
      float rate,
      float momentum,
      int nesterov,
      float decay);

  static native void coppice_adam(
      int isa,
      long parameters,
      long gradients,
      long means,
      long squares,
      long mask,
      long count,
      double beta1,
      double beta2,
      float epsilon,
      float meanScale,
      float rootScale,
      float decay,
      float keep);
}
