// A convolution's sizes, and which inputs its weights meet.
#ifndef COPPICE_CONVOLUTION_SHAPE_H
#define COPPICE_CONVOLUTION_SHAPE_H

#include <string>
#include <vector>

#include "test/matrix.h"

struct ConvolutionShape {
  int batch, channelsIn, height, width, channelsOut, kernelHeight, kernelWidth, stride, padding, groups;
  double density;
  bool bias, relu;

  int outputHeight() const { return (height + 2 * padding - kernelHeight) / stride + 1; }
  int outputWidth() const { return (width + 2 * padding - kernelWidth) / stride + 1; }
  int columns() const { return channelsIn / groups * kernelHeight * kernelWidth; }
  int outputs() const { return batch * channelsOut * outputHeight() * outputWidth(); }

  std::string text() const {
    return " of a convolution of " + std::to_string(channelsIn) + " x " + std::to_string(height) + " x " +
           std::to_string(width) + " to " + std::to_string(channelsOut) + " by " + std::to_string(kernelHeight) +
           " x " + std::to_string(kernelWidth) + ", stride " + std::to_string(stride) + ", padding " +
           std::to_string(padding);
  }
};

/** Calls with output, input and position of each product of an input with a value. */
template <class Visitor>
void forEachProduct(const ConvolutionShape& s, const Index& weights, const Visitor& visitor) {
  for (int image = 0; image < s.batch; image++) {
    weights.forEachValue([&](long at, int channelOut, int column) {
      int group = channelOut / (s.channelsOut / s.groups);
      int channelIn = group * (s.channelsIn / s.groups) + column / (s.kernelHeight * s.kernelWidth);
      for (int i = 0; i < s.outputHeight(); i++) {
        for (int j = 0; j < s.outputWidth(); j++) {
          int row = i * s.stride + column / s.kernelWidth % s.kernelHeight - s.padding;
          int across = j * s.stride + column % s.kernelWidth - s.padding;
          if (row >= 0 && row < s.height && across >= 0 && across < s.width) {
            visitor(((image * s.channelsOut + channelOut) * s.outputHeight() + i) * s.outputWidth() + j,
                    ((image * s.channelsIn + channelIn) * s.height + row) * s.width + across, at);
          }
        }
      }
    });
  }
}

/** The index by channels in, with the columns and sources of the README. */
inline Transposed byChannelsIn(const ConvolutionShape& s, const Index& weights) {
  int area = s.kernelHeight * s.kernelWidth;
  int outs = s.channelsOut / s.groups;
  int ins = s.channelsIn / s.groups;
  Index turned{s.channelsIn, outs * area, 1, 1};
  std::vector<int> sources;
  for (int channelIn = 0; channelIn < s.channelsIn; channelIn++) {
    weights.forEachValue([&](long at, int channelOut, int column) {
      if (channelOut / outs == channelIn / ins && column / area == channelIn % ins) {
        turned.indices.push_back(channelOut % outs * area + column % area);
        sources.push_back(static_cast<int>(at));
      }
    });
    turned.starts.push_back(turned.entries());
  }
  Transposed transposed(weights);
  transposed.index = turned;
  transposed.sources = sources;
  return transposed;
}

#endif
