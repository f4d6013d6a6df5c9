package io.coppice.framework.method.gates;

import ai.djl.ndarray.NDArray;
import io.coppice.framework.recipe.Require;
import java.util.List;

/**
 * The recipe of a switcher network: 3×3 convolutions with max-pooling between them, nearest
 * upsampling with skips back to the matrix's size; the switcher paper's section 3.2.
 *
 * @param channels of each level from the full size down; one more than there are poolings
 * @param openStart whether the gates start near 1 (last layer of a tenth of Kaiming's width, bias
 *     1) or as Kaiming's initialisation throws them
 */
public record UNet(List<Integer> channels, Input input, boolean openStart) {

  /** What the network reads of a weight matrix W. */
  public enum Input {
    /** W. */
    WEIGHT {
      @Override
      NDArray of(NDArray matrix) {
        return matrix;
      }
    },
    /** W / rms(W). */
    WEIGHT_OVER_RMS {
      @Override
      NDArray of(NDArray matrix) {
        return matrix.div(matrix.square().mean().sqrt());
      }
    },
    /** |W| / rms(W). */
    MAGNITUDE_OVER_RMS {
      @Override
      NDArray of(NDArray matrix) {
        return WEIGHT_OVER_RMS.of(matrix).abs();
      }
    };

    abstract NDArray of(NDArray matrix);
  }

  public UNet {
    channels = List.copyOf(channels);
    Require.that(channels.size() >= 2, "channels", channels, "two levels or more");
    channels.forEach(width -> Require.atLeast("channels", width, 1));
  }

  /** How often the matrix is halved. */
  int depth() {
    return channels.size() - 1;
  }
}
