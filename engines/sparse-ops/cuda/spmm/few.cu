// y = act(x Wᵀ + bias) for few examples, x as it is.

static constexpr int kFewRows = HEIGHT < 4 ? HEIGHT : 4;
static constexpr int kFewParts = (HEIGHT + 3) / 4;

/** The kernel of small batches: a warp for 4 rows of a block row and 4 examples, its lanes along the row's columns; x is [batch, columns]. */
COPPICE_KERNEL void __launch_bounds__(256)
    coppice_spmm_few(const Number* values, const int* starts, const int* indices, const Number* x, const Number* bias,
                     int relu, Number* y, int batch, int rows, int columns) {
  const int lane = threadIdx.x % 32;
  const int unit = blockIdx.y * 8 + threadIdx.x / 32;
  const int blockRow = unit / kFewParts;
  const int firstRow = unit % kFewParts * 4;
  const int firstExample = blockIdx.x * 4;
  if (blockRow > (rows - 1) / HEIGHT) {
    return;
  }
  float sums[16] = {};
  const long long end = static_cast<long long>(starts[blockRow + 1]) * WIDTH;
#pragma unroll 2
  for (long long at = static_cast<long long>(starts[blockRow]) * WIDTH + lane; at < end; at += 32) {
    int column = indices[at / WIDTH] * WIDTH + static_cast<int>(at % WIDTH);
    if (column < columns) {
#pragma unroll
      for (int example = 0; example < 4; example++) {
        if (firstExample + example < batch) {
          float number = toFloat(x[static_cast<long long>(firstExample + example) * columns + column]);
#pragma unroll
          for (int row = 0; row < kFewRows; row++) {
            if (HEIGHT % 4 == 0 || HEIGHT < 4 || firstRow + row < HEIGHT) {
              sums[row * 4 + example] += toFloat(values[at * HEIGHT + firstRow + row]) * number;
            }
          }
        }
      }
    }
  }
  float sum = sumOverWarp(sums, lane);
  int within = firstRow + lane / 2 / 4;
  int row = blockRow * HEIGHT + within;
  int example = firstExample + lane / 2 % 4;
  if (lane % 2 == 0 && lane / 8 < kFewRows && within < HEIGHT && row < rows && example < batch) {
    float biased = bias != nullptr ? sum + toFloat(bias[row]) : sum;
    y[static_cast<long long>(example) * rows + row] = toNumber(activated(biased, relu));
  }
}
