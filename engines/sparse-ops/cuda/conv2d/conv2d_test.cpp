// Sparse convolutions and their gradients against sums in double precision, of the numbers as they are multiplied.
#include "conv2d/shape.h"
#include "emulation/block.h"
#include "emulation/cuda.h"
#include "test/tests.h"

namespace in_float32 {

#include "device/device.cuh"
#include "device/blocks.cuh"
#include "conv2d/conv2d.cu"
#include "sddmm/sddmm.cu"
#include "conv2d/emulated_convolution.h"

/** dbias, whose dy nothing rounds. */
bool sumsHold(const ConvolutionShape& s) {
  const int plane = s.outputHeight() * s.outputWidth();
  auto dy = Array<float>::normal(s.outputs());
  auto y = Array<float>::normal(s.outputs());
  Array<float> dbias(s.channelsOut);
  launch(s.channelsOut, 1, [&] {
    coppice_sum_planes(dy.data(), s.relu ? y.data() : nullptr, dbias.data(), s.batch, s.channelsOut, plane);
  });
  Exact exact(dbias.count());
  for (long at = 0; at < dy.count(); at++) {
    exact.add(at / plane % s.channelsOut, s.relu && y.at(at) <= 0 ? 0 : dy.at(at));
  }
  return near("dbias" + s.text(), exact, dbias);
}

}  // namespace in_float32

#define COPPICE_BF16

namespace in_bf16 {

#include "device/device.cuh"
#include "conv2d/conv2d.cu"
#include "conv2d/emulated_convolution.h"

}  // namespace in_bf16

int convolutions() {
  const ConvolutionShape shapes[] = {
      {1, 1, 1, 1, 1, 1, 1, 1, 0, 1, 1, true, false},     {2, 3, 7, 6, 5, 3, 3, 1, 1, 1, 0.4, true, true},
      {3, 4, 9, 8, 6, 3, 2, 2, 1, 2, 0.5, false, true},   {1, 2, 5, 5, 9, 5, 5, 1, 0, 1, 0.3, true, false},
      {2, 6, 4, 4, 12, 1, 1, 1, 0, 3, 0.5, false, false}, {2, 2, 8, 11, 3, 3, 3, 3, 2, 1, 0.6, true, true},
      {1, 3, 6, 6, 4, 2, 2, 1, 3, 1, 0.5, false, false},  {4, 1, 28, 28, 20, 5, 5, 1, 0, 1, 0.2, true, true},
      {1, 2, 3, 3, 2, 3, 3, 1, 1, 1, 0, true, false},     {2, 2, 3, 3, 17, 3, 3, 2, 1, 1, 1, false, true}};
  int count = 0;
  for (const auto& shape : shapes) {
    if (!in_float32::holds(shape) || !in_float32::sumsHold(shape) || !in_bf16::holds(shape)) {
      return -1;
    }
    count += 3;
  }
  return count;
}
