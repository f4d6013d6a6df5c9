package io.coppice.framework.execution;

import ai.djl.ndarray.NDArray;
import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.Topology;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The engine's own ways to run a layer, which the sparse operations are measured against: all of
 * them write into memory at hand. Found by {@link ServiceLoader}.
 */
public interface EngineProducts {

  /** The threads that one operation of the engine uses when the calling thread runs it. */
  int threads();

  /** Sets {@link #threads}, and those of native sparse operations, which share them. */
  void useThreads(int threads);

  /**
   * A copy rounded to bfloat16, of which {@link #forward} and {@link #backward} take tensors, too.
   * DJL has no such type: its name for it is {@code UNKNOWN}.
   */
  NDArray rounded(NDArray array);

  /**
   * y = x Wᵀ + b.
   *
   * @param x [batch, in]
   * @param w [out, in]
   * @param b [out]
   * @param y [batch, out], written
   */
  Pass forward(NDArray x, NDArray w, NDArray b, NDArray y);

  /**
   * dX = dY W, dW = dYᵀ X and db, which is dY summed over the batch.
   *
   * @param dy [batch, out]
   * @param dx [batch, in], written
   * @param dw [out, in], written
   * @param db [out], written
   */
  Pass backward(NDArray x, NDArray w, NDArray dy, NDArray dx, NDArray dw, NDArray db);

  /**
   * The convolution of x with w, and b added.
   *
   * @param x [batch, channelsIn, height, width]
   * @param w [channelsOut, channelsIn / groups, kernelHeight, kernelWidth]
   * @param b [channelsOut]
   * @param y [batch, channelsOut, outputHeight, outputWidth], written
   */
  Pass convolution(NDArray x, NDArray w, NDArray b, ConvolutionShape shape, NDArray y);

  /**
   * {@link #forward} with the engine's own sparse matrix.
   *
   * @param w in compressed rows
   * @param values in the order of {@code w}
   */
  Pass sparseForward(NDArray x, Topology w, float[] values, NDArray b, NDArray y);

  /**
   * yᵀ = W xᵀ with the engine's own sparse matrix, without the bias.
   *
   * @param w in compressed rows
   * @param values in the order of {@code w}
   * @param yt [out, batch], written
   */
  Pass sparseTransposed(NDArray x, Topology w, float[] values, NDArray yt);

  /** The products of the engine on the class path. */
  static Optional<EngineProducts> find() {
    return ServiceLoader.load(EngineProducts.class, EngineProducts.class.getClassLoader())
        .findFirst();
  }
}
