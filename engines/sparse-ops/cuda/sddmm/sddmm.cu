// dvalues = dyᵀ x at the entries, both feature-major.

static constexpr int kTogether = 16 / kPartRows;

/** 16 products of columns with rows of dy at once, over one chunk of the batch; the chunks' sums are added afterwards. */
COPPICE_KERNEL void __launch_bounds__(256)
    coppice_sddmm(const int* indices, const int* cuts, const Number* turnedDy, const Number* turnedX, int pitch,
                  int chunk, float* parts, int blockRows, int tiles, int values) {
  const int lane = threadIdx.x % 32;
  const int tile = blockIdx.x;
  const int firstExample = blockIdx.z * chunk;
  const int endExample = pitch - firstExample < chunk ? pitch : firstExample + chunk;
  float* sums = parts + static_cast<long long>(blockIdx.z) * values;
  for (int i = 0; i < 4; i++) {
    const int unit = blockIdx.y * 32 + i * 8 + threadIdx.x / 32;
    const int blockRow = unit / kParts;
    const int firstRow = unit % kParts * 16;
    if (tile >= tiles || blockRow >= blockRows) {
      return;
    }
    const int end = cuts[static_cast<long long>(tile + 1) * blockRows + blockRow] * WIDTH;
    const Number* dy = turnedDy + (static_cast<long long>(blockRow) * HEIGHT + firstRow) * pitch;
    for (int at = cuts[static_cast<long long>(tile) * blockRows + blockRow] * WIDTH; at < end; at += kTogether) {
      const Number* x[kTogether] = {};
#pragma unroll
      for (int j = 0; j < kTogether; j++) {
        if (at + j < end) {
          x[j] = turnedX + (static_cast<long long>(indices[(at + j) / WIDTH]) * WIDTH + (at + j) % WIDTH) * pitch;
        }
      }
      float products[16] = {};
      for (int example = firstExample + lane * kExamples; example < endExample; example += TILE) {
        Examples dys[kPartRows] = {};
#pragma unroll
        for (int row = 0; row < kPartRows; row++) {
          if (HEIGHT <= 16 || HEIGHT % 16 == 0 || firstRow + row < HEIGHT) {
            dys[row] = loadVector<Number, kExamples>(dy + static_cast<long long>(row) * pitch + example);
          }
        }
#pragma unroll
        for (int j = 0; j < kTogether; j++) {
          if (at + j < end) {
            Examples xs = loadVector<Number, kExamples>(x[j] + example);
#pragma unroll
            for (int row = 0; row < kPartRows; row++) {
#pragma unroll
              for (int k = 0; k < kExamples; k++) {
                products[j * kPartRows + row] += toFloat(dys[row].at[k]) * toFloat(xs.at[k]);
              }
            }
          }
        }
      }
      float sum = sumOverWarp(products, lane);
      int j = lane / 2 / kPartRows;
      int row = firstRow + lane / 2 % kPartRows;
      if (lane % 2 == 0 && j < kTogether && at + j < end && row < HEIGHT) {
        sums[static_cast<long long>(at + j) * HEIGHT + row] = sum;
      }
    }
  }
}

/** dvalues = the sum of the chunks' parts [count, values]. */
COPPICE_KERNEL void coppice_sum_parts(const float* parts, Number* dvalues, int values, int count) {
  long long at = place();
  if (at >= values) {
    return;
  }
  float sum = 0;
  for (int part = 0; part < count; part++) {
    sum += parts[static_cast<long long>(part) * values + at];
  }
  dvalues[at] = toNumber(sum);
}

/** sums[c] = the sum of x [batch, channels, plane] over batch and plane, without what y does not let through. */
COPPICE_KERNEL void coppice_sum_planes(const Number* x, const Number* y, Number* sums, int batch, int channels,
                                       int plane) {
  const int channel = blockIdx.x;
  float sum = 0;
  for (long long i = threadIdx.x; i < static_cast<long long>(batch) * plane; i += 256) {
    long long at = (i / plane * channels + channel) * plane + i % plane;
    sum += y == nullptr || toFloat(y[at]) > 0 ? toFloat(x[at]) : 0;
  }
  sum = sumOverBlock(sum);
  if (threadIdx.x == 0) {
    sums[channel] = toNumber(sum);
  }
}
