package io.coppice.engines.sparse.cuda;

import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.Topology;

/**
 * A convolution's weights by channels in, for the convolution that takes gradients back.
 *
 * @param starts [channels in + 1], where each one's entries begin
 * @param columns per entry (channel out within the group · kernel height + kernel row) · kernel
 *     width + kernel column, ascending in each row
 * @param sources per entry the one of the weights that it is
 */
record ChannelIndex(int[] starts, int[] columns, int[] sources) {

  static ChannelIndex of(Topology weights, ConvolutionShape shape) {
    int window = shape.kernelHeight() * shape.kernelWidth();
    int outPerGroup = weights.rows() / shape.groups();
    int inPerGroup = shape.channelsIn() / shape.groups();
    int[] rowStarts = weights.starts();
    int[] places = weights.indices();
    int[] channels = new int[places.length];
    int[] starts = new int[shape.channelsIn() + 1];
    for (int out = 0; out < weights.rows(); out++) {
      for (int entry = rowStarts[out]; entry < rowStarts[out + 1]; entry++) {
        channels[entry] = out / outPerGroup * inPerGroup + places[entry] / window;
        starts[channels[entry] + 1]++;
      }
    }
    for (int channel = 0; channel < shape.channelsIn(); channel++) {
      starts[channel + 1] += starts[channel];
    }
    int[] next = starts.clone();
    int[] columns = new int[places.length];
    int[] sources = new int[places.length];
    for (int out = 0; out < weights.rows(); out++) {
      for (int entry = rowStarts[out]; entry < rowStarts[out + 1]; entry++) {
        int at = next[channels[entry]]++;
        columns[at] = out % outPerGroup * window + places[entry] % window;
        sources[at] = entry;
      }
    }
    return new ChannelIndex(starts, columns, sources);
  }
}
