// Direct sparse convolution: each weight is a step of `offset` numbers in the spread images, which hold the padding.
// What is multiplied is rounded when it is spread or gathered; sums, bias and results are float.

/** to[p, r, c] = from[p, (r - top) / step, (c - left) / step] where that is a place, else 0; masked by y. */
COPPICE_KERNEL void coppice_spread(const float* from, const float* y, Number* to, int planes, int height, int width,
                                   int step, int top, int left, int toHeight, int toWidth) {
  long long at = place();
  if (at >= static_cast<long long>(planes) * toHeight * toWidth) {
    return;
  }
  int right = static_cast<int>(at % toWidth) - left;
  int down = static_cast<int>(at / toWidth % toHeight) - top;
  int row = down / step;
  int column = right / step;
  bool inside = down >= 0 && right >= 0 && down % step == 0 && right % step == 0 && row < height && column < width;
  long long source = (at / toWidth / toHeight * height + row) * width + column;
  to[at] = toNumber(inside && (y == nullptr || y[source] > 0) ? from[source] : 0);
}

/** Where the number that a weight meets lies from the first that the kernel covers; flipped, it turns the kernel by half a turn. */
COPPICE_KERNEL void coppice_offsets(const int* columns, int* offsets, int entries, int kernelHeight, int kernelWidth,
                                    int spreadHeight, int spreadWidth, int flipped) {
  long long at = place();
  if (at >= entries) {
    return;
  }
  int channel = columns[at] / (kernelHeight * kernelWidth);
  int row = columns[at] / kernelWidth % kernelHeight;
  int column = columns[at] % kernelWidth;
  row = flipped ? kernelHeight - 1 - row : row;
  column = flipped ? kernelWidth - 1 - column : column;
  offsets[at] = (channel * spreadHeight + row) * spreadWidth + column;
}

/** gathered[i] = values[sources[i]], or values[i] without sources. */
COPPICE_KERNEL void coppice_gather(const float* values, const int* sources, Number* gathered, int entries) {
  long long at = place();
  if (at < entries) {
    gathered[at] = toNumber(values[sources == nullptr ? at : sources[at]]);
  }
}

/** The images before and after, and the part of the first that one output sees. */
struct Geometry {
  int channelsOut;
  int outputWidth;
  int outputPlane;
  int channelsIn;
  int spreadHeight;
  int spreadWidth;
  int stride;
  int groups;
};

/** Where in the spread images the kernel begins for output `at` of all images' planes and an output channel. */
COPPICE_INLINE long long begin(const Geometry& g, long long at, int channelOut) {
  long long image = at / g.outputPlane;
  int within = static_cast<int>(at % g.outputPlane);
  int channel = channelOut / (g.channelsOut / g.groups) * (g.channelsIn / g.groups);
  long long row = (image * g.channelsIn + channel) * g.spreadHeight + within / g.outputWidth * g.stride;
  return row * g.spreadWidth + within % g.outputWidth * g.stride;
}

/** Where in y that output lies. */
COPPICE_INLINE long long outputAt(const Geometry& g, long long at, int channelOut) {
  return (at / g.outputPlane * g.channelsOut + channelOut) * g.outputPlane + at % g.outputPlane;
}

/** A warp for an output channel and 128 outputs, 4 a lane. */
COPPICE_KERNEL void __launch_bounds__(256)
    coppice_conv2d(const Number* values, const int* starts, const int* offsets, const Number* spread, const float* bias,
                   int relu, float* y, int batch, int channelsOut, int outputHeight, int outputWidth, int channelsIn,
                   int spreadHeight, int spreadWidth, int stride, int groups) {
  const Geometry geometry{channelsOut,  outputWidth, outputHeight * outputWidth, channelsIn, spreadHeight,
                          spreadWidth, stride,      groups};
  const int channel = blockIdx.y * 8 + threadIdx.x / 32;
  const long long first = blockIdx.x * 128ll + threadIdx.x % 32;
  const long long outputs = static_cast<long long>(batch) * geometry.outputPlane;
  if (channel >= channelsOut) {
    return;
  }
  const Number* x[4];
#pragma unroll
  for (int i = 0; i < 4; i++) {
    long long at = first + i * 32;
    x[i] = spread + begin(geometry, at < outputs ? at : 0, channel);
  }
  float sums[4] = {};
  const int end = starts[channel + 1];
#pragma unroll 4
  for (int entry = starts[channel]; entry < end; entry++) {
    float value = toFloat(values[entry]);
    int offset = offsets[entry];
#pragma unroll
    for (int i = 0; i < 4; i++) {
      sums[i] += value * toFloat(x[i][offset]);
    }
  }
#pragma unroll
  for (int i = 0; i < 4; i++) {
    long long at = first + i * 32;
    if (at < outputs) {
      float biased = bias != nullptr ? sums[i] + bias[channel] : sums[i];
      y[outputAt(geometry, at, channel)] = activated(biased, relu);
    }
  }
}

static constexpr int kWeights = 8;

/** The gradients of 8 values in a row of the matrix at once; what of dy the mask y (or null) does not let through is 0. */
COPPICE_KERNEL void __launch_bounds__(256)
    coppice_conv2d_dvalues(const int* starts, const int* offsets, const Number* spread, const Number* dy,
                           const float* y, float* dvalues, int entries, int batch, int channelsOut, int outputHeight,
                           int outputWidth, int channelsIn, int spreadHeight, int spreadWidth, int stride, int groups) {
  const Geometry geometry{channelsOut,  outputWidth, outputHeight * outputWidth, channelsIn, spreadHeight,
                          spreadWidth, stride,      groups};
  const long long outputs = static_cast<long long>(batch) * geometry.outputPlane;
  const int chunkEnd = entries - static_cast<int>(blockIdx.x) * kWeights < kWeights
                           ? entries
                           : (static_cast<int>(blockIdx.x) + 1) * kWeights;
  int entry = blockIdx.x * kWeights;
  int low = 0;
  int high = channelsOut - 1;
  while (low < high) {
    int middle = low + (high - low) / 2;
    if (starts[middle + 1] <= entry) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  for (int channel = low; entry < chunkEnd; channel++) {
    const int end = starts[channel + 1] < chunkEnd ? starts[channel + 1] : chunkEnd;
    const int count = end - entry;
    if (count <= 0) {
      continue;
    }
    int places[kWeights] = {};
#pragma unroll
    for (int i = 0; i < kWeights; i++) {
      places[i] = i < count ? offsets[entry + i] : 0;
    }
    float sums[kWeights] = {};
    for (long long at = threadIdx.x; at < outputs; at += 256) {
      long long output = outputAt(geometry, at, channel);
      float gradient = y == nullptr || y[output] > 0 ? toFloat(dy[output]) : 0;
      const Number* x = spread + begin(geometry, at, channel);
#pragma unroll
      for (int i = 0; i < kWeights; i++) {
        if (i < count) {
          sums[i] += gradient * toFloat(x[places[i]]);
        }
      }
    }
#pragma unroll
    for (int i = 0; i < kWeights; i++) {
      float sum = sumOverBlock(sums[i]);
      if (threadIdx.x == 0 && i < count) {
        dvalues[entry + i] = sum;
      }
    }
    entry = end;
  }
}
