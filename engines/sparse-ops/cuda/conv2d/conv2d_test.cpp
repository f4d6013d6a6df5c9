// Sparse convolutions and their gradients against sums in double precision.
#include "emulation/block.h"
#include "emulation/cuda.h"
#include "test/matrix.h"
#include "test/tests.h"

namespace convolution {

#include "device/device.cuh"
#include "device/blocks.cuh"
#include "conv2d/conv2d.cu"
#include "sddmm/sddmm.cu"

struct Shape {
  int batch, channelsIn, height, width, channelsOut, kernelHeight, kernelWidth, stride, padding, groups;
  double density;
  bool bias, relu;

  int outputHeight() const { return (height + 2 * padding - kernelHeight) / stride + 1; }
  int outputWidth() const { return (width + 2 * padding - kernelWidth) / stride + 1; }
  int columns() const { return channelsIn / groups * kernelHeight * kernelWidth; }
  int outputs() const { return batch * channelsOut * outputHeight() * outputWidth(); }
};

void launch(int x, int y, const std::function<void()>& kernel) {
  if (x * y > 0) {
    emulation::block().launch({static_cast<unsigned>(x), static_cast<unsigned>(y), 1}, {256, 1, 1}, 0, kernel);
  }
}

/** Calls with output, input and position of each product of an input with a value. */
template <class Visitor>
void forEachProduct(const Shape& s, const Index& weights, const Visitor& visitor) {
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
Transposed byChannelsIn(const Shape& s, const Index& weights) {
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

std::vector<int> offsetsOf(const Shape& s, const Index& index, int spreadHeight, int spreadWidth, int flipped) {
  std::vector<int> offsets(index.entries());
  launch(covering(index.entries(), 256), 1, [&] {
    coppice_offsets(index.indices.data(), offsets.data(), index.entries(), s.kernelHeight, s.kernelWidth, spreadHeight,
                    spreadWidth, flipped);
  });
  return offsets;
}

bool holds(const Shape& s) {
  Index weights = Index::random(s.channelsOut, s.columns(), 1, 1, s.density);
  Array<float> values = valuesOf<float>(weights);
  auto x = Array<float>::normal(s.batch * s.channelsIn * s.height * s.width);
  auto bias = Array<float>::normal(s.channelsOut);
  auto dy = Array<float>::normal(s.outputs());
  Array<float> y(s.outputs());

  const int padHeight = s.height + 2 * s.padding;
  const int padWidth = s.width + 2 * s.padding;
  const int planesIn = s.batch * s.channelsIn;
  Array<float> padded(planesIn * padHeight * padWidth);
  launch(covering(padded.count(), 256), 1, [&] {
    coppice_spread(x.data(), nullptr, padded.data(), planesIn, s.height, s.width, 1, s.padding, s.padding, padHeight,
                   padWidth);
  });
  std::vector<int> offsets = offsetsOf(s, weights, padHeight, padWidth, 0);
  launch(covering(s.outputs() / s.channelsOut, 128), covering(s.channelsOut, 8), [&] {
    coppice_conv2d(values.data(), weights.starts.data(), offsets.data(), padded.data(), s.bias ? bias.data() : nullptr,
                   s.relu, y.data(), s.batch, s.channelsOut, s.outputHeight(), s.outputWidth(), s.channelsIn, padHeight,
                   padWidth, s.stride, s.groups);
  });
  Exact exactY(y.count());
  for (long at = 0; s.bias && at < y.count(); at++) {
    exactY.add(at, bias.at(at / (s.outputHeight() * s.outputWidth()) % s.channelsOut));
  }
  forEachProduct(s, weights,
                 [&](long output, long input, long at) { exactY.add(output, x.at(input) * values.at(at)); });
  for (double& sum : exactY.sums) {
    sum = s.relu && sum < 0 ? 0 : sum;
  }

  float* mask = s.relu ? y.data() : nullptr;
  const int spreadHeight = s.height + s.kernelHeight - 1;
  const int spreadWidth = s.width + s.kernelWidth - 1;
  const int planesOut = s.batch * s.channelsOut;
  Array<float> spread(planesOut * spreadHeight * spreadWidth);
  launch(covering(spread.count(), 256), 1, [&] {
    coppice_spread(dy.data(), mask, spread.data(), planesOut, s.outputHeight(), s.outputWidth(), s.stride,
                   s.kernelHeight - 1 - s.padding, s.kernelWidth - 1 - s.padding, spreadHeight, spreadWidth);
  });
  Transposed turned = byChannelsIn(s, weights);
  std::vector<int> turnedOffsets = offsetsOf(s, turned.index, spreadHeight, spreadWidth, 1);
  Array<float> gathered(weights.values());
  launch(covering(weights.values(), 256), 1, [&] {
    coppice_gather(values.data(), turned.sources.data(), gathered.data(), weights.values());
  });
  Array<float> dx(x.count());
  launch(covering(s.batch * s.height * s.width, 128), covering(s.channelsIn, 8), [&] {
    coppice_conv2d(gathered.data(), turned.index.starts.data(), turnedOffsets.data(), spread.data(), nullptr, 0,
                   dx.data(), s.batch, s.channelsIn, s.height, s.width, s.channelsOut, spreadHeight, spreadWidth, 1,
                   s.groups);
  });
  Array<float> dvalues(weights.values());
  launch(covering(weights.values(), 8), 1, [&] {
    coppice_conv2d_dvalues(weights.starts.data(), offsets.data(), padded.data(), dy.data(), mask, dvalues.data(),
                           weights.values(), s.batch, s.channelsOut, s.outputHeight(), s.outputWidth(), s.channelsIn,
                           padHeight, padWidth, s.stride, s.groups);
  });
  Array<float> dbias(s.channelsOut);
  launch(s.channelsOut, 1, [&] {
    coppice_sum_planes(dy.data(), mask, dbias.data(), s.batch, s.channelsOut, s.outputHeight() * s.outputWidth());
  });
  Exact exactDx(dx.count());
  Exact exactDvalues(dvalues.count());
  Exact exactDbias(dbias.count());
  auto gradient = [&](long output) { return s.relu && y.at(output) <= 0 ? 0 : dy.at(output); };
  forEachProduct(s, weights, [&](long output, long input, long at) {
    exactDx.add(input, gradient(output) * values.at(at));
    exactDvalues.add(at, gradient(output) * x.at(input));
  });
  for (long at = 0; at < dy.count(); at++) {
    exactDbias.add(at / (s.outputHeight() * s.outputWidth()) % s.channelsOut, gradient(at));
  }
  std::string shape = " of a convolution of " + std::to_string(s.channelsIn) + " x " + std::to_string(s.height) + " x " +
                      std::to_string(s.width) + " to " + std::to_string(s.channelsOut) + " by " +
                      std::to_string(s.kernelHeight) + " x " + std::to_string(s.kernelWidth) + ", stride " +
                      std::to_string(s.stride) + ", padding " + std::to_string(s.padding);
  return near("y" + shape, exactY, y) && near("dx" + shape, exactDx, dx) &&
         near("dvalues" + shape, exactDvalues, dvalues) && near("dbias" + shape, exactDbias, dbias);
}

}  // namespace convolution

int convolutions() {
  const convolution::Shape shapes[] = {
      {1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, true, false},     {2, 3, 7, 6, 5, 3, 3, 1, 1, 1, 0.4, true, true},
      {3, 4, 9, 8, 6, 3, 2, 2, 1, 2, 0.5, false, true},   {1, 2, 5, 5, 9, 5, 5, 1, 0, 1, 0.3, true, false},
      {2, 6, 4, 4, 12, 1, 1, 1, 0, 3, 0.5, false, false}, {2, 2, 8, 11, 3, 3, 3, 3, 2, 1, 0.6, true, true},
      {1, 3, 6, 6, 4, 2, 2, 1, 3, 1, 0.5, false, false},  {4, 1, 28, 28, 20, 5, 5, 1, 0, 1, 0.2, true, true},
      {1, 2, 3, 3, 2, 3, 3, 1, 1, 1, 0, true, false},     {2, 2, 3, 3, 17, 3, 3, 2, 1, 1, 1, false, true}};
  int count = 0;
  for (const auto& shape : shapes) {
    if (!convolution::holds(shape)) {
      return -1;
    }
    count++;
  }
  return count;
}
