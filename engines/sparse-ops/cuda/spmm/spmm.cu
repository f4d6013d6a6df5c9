// y = act(x Wᵀ + bias), x feature-major.

#ifndef WARP_ROWS
#define WARP_ROWS 16
#endif

// Block rows per warp.
static constexpr int kGroup = kParts == 1 && WARP_ROWS > kPartRows ? WARP_ROWS / kPartRows : 1;
static constexpr int kWarpRows = kGroup * kPartRows;

// Each lane fetches the indices of one of the group's block rows for all of them; single values come along.
static constexpr int kLanesPerRow = 32 / kGroup;
static constexpr int kTileBlocks = (kTileColumns + WIDTH - 1) / WIDTH;
static constexpr int kNeededFetches = (kTileBlocks + kLanesPerRow - 1) / kLanesPerRow;
static constexpr int kFetches = kNeededFetches < 4 ? kNeededFetches : 4;
static constexpr bool kSingle = kBlockSize == 1;
static constexpr bool kWide = WIDTH > kTileColumns;

/** cuts[t · blockRows + row] is the row's first entry that is not wholly left of tile t; its end for t = tiles. */
COPPICE_KERNEL void coppice_cuts(const int* starts, const int* indices, int* cuts, int blockRows, int tiles) {
  long long at = place();
  if (at >= static_cast<long long>(tiles + 1) * blockRows) {
    return;
  }
  int row = static_cast<int>(at % blockRows);
  int tile = static_cast<int>(at / blockRows);
  int low = tile == tiles ? starts[row + 1] : starts[row];
  int high = starts[row + 1];
  while (low < high) {
    int middle = low + (high - low) / 2;
    if (static_cast<long long>(indices[middle] + 1) * WIDTH <= static_cast<long long>(tile) * kTileColumns) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  cuts[at] = low;
}

/** The values of W's transpose: entry i is entry sources[i] of W turned; HEIGHT and WIDTH are the transpose's. */
COPPICE_KERNEL void coppice_turn(const Number* values, const int* sources, Number* turned, int entries) {
  long long at = place();
  if (at >= static_cast<long long>(entries) * kBlockSize) {
    return;
  }
  int within = static_cast<int>(at % kBlockSize);
  int row = within % HEIGHT;
  int column = within / HEIGHT;
  turned[at] = values[static_cast<long long>(sources[at / kBlockSize]) * kBlockSize + row * WIDTH + column];
}

typedef float Sums[kPartRows][kExamples];

/** Rows of the part that lie in the block. */
COPPICE_INLINE constexpr bool inBlock(int part, int row) {
  return HEIGHT <= 16 || HEIGHT % 16 == 0 || part * 16 + row < HEIGHT;
}

COPPICE_INLINE void loadColumn(const Number* from, int part, float* weights) {
  if constexpr (HEIGHT % 4 == 0) {
#pragma unroll
    for (int row = 0; row < kPartRows; row += 4) {
      if (inBlock(part, row)) {
        auto four = loadVector<Number, 4>(from + row);
#pragma unroll
        for (int i = 0; i < 4; i++) {
          weights[row + i] = toFloat(four.at[i]);
        }
      }
    }
  } else {
#pragma unroll
    for (int row = 0; row < kPartRows; row++) {
      if (inBlock(part, row)) {
        weights[row] = toFloat(from[row]);
      }
    }
  }
}

COPPICE_INLINE void addColumn(const float* weights, int part, const Examples& x, Sums& sums) {
#pragma unroll
  for (int i = 0; i < kExamples; i++) {
    float number = toFloat(x.at[i]);
#pragma unroll
    for (int row = 0; row < kPartRows; row++) {
      if (inBlock(part, row)) {
        sums[row][i] += weights[row] * number;
      }
    }
  }
}

/** Adds a block whose first column is the tile's number `column`, which is below 0 or too far on where it is wide. */
COPPICE_INLINE void addBlock(const Number* block, int part, const Examples (*tile)[32], int column, int lane,
                             Sums& sums) {
#pragma unroll(kPartRows > 8 ? 1 : 4)
  for (int i = 0; i < WIDTH; i++) {
    if (!kWide || (column + i >= 0 && column + i < kTileColumns)) {
      float weights[kPartRows] = {};
      loadColumn(block + i * HEIGHT, part, weights);
      addColumn(weights, part, tile[column + i][lane], sums);
    }
  }
}

/** Copies the features of a tile for the examples of this thread block, 16 bytes a thread. */
COPPICE_INLINE void fill(Examples (*tile)[32], const Number* from, int pitch) {
  constexpr int kNumbers = 16 / sizeof(Number);
  constexpr int kPerRow = TILE / kNumbers;
  Number* to = &tile[0][0].at[0];
#pragma unroll 4
  for (int i = threadIdx.x; i < kTileColumns * kPerRow; i += 256) {
    long long feature = i / kPerRow;
    int example = i % kPerRow * kNumbers;
    storeVector<Number, kNumbers>(to + feature * TILE + example,
                                  loadVector<Number, kNumbers>(from + feature * pitch + example));
  }
}

COPPICE_INLINE void storeRows(const Sums* sums, int firstRow, int endRow, int firstExample, const Number* bias,
                              int relu, Number* y, int batch, int rows) {
  constexpr int kTogether = kWarpRows % 4 == 0 ? 4 : 1;
  bool together = kTogether == 4 && rows % 4 == 0 && firstRow % 4 == 0 && isAligned(y, 4 * sizeof(Number));
#pragma unroll
  for (int i = 0; i < kExamples; i++) {
    int example = firstExample + i;
    Number* to = y + static_cast<long long>(example) * rows + firstRow;
#pragma unroll
    for (int first = 0; first < kWarpRows; first += kTogether) {
      Vector<Number, kTogether> numbers;
#pragma unroll
      for (int j = 0; j < kTogether; j++) {
        int row = first + j;
        float sum = sums[row / kPartRows][row % kPartRows][i];
        float biased = bias != nullptr && firstRow + row < endRow ? sum + toFloat(bias[firstRow + row]) : sum;
        numbers.at[j] = toNumber(activated(biased, relu));
      }
      if (example < batch && together && firstRow + first + kTogether <= endRow) {
        storeVector<Number, kTogether>(to + first, numbers);
      } else if (example < batch) {
#pragma unroll
        for (int j = 0; j < kTogether; j++) {
          if (firstRow + first + j < endRow) {
            to[first + j] = numbers.at[j];
          }
        }
      }
    }
  }
}

/** The kernel of large batches: a tile of x in shared memory, the sums of kWarpRows rows by TILE examples in the registers of a warp. */
COPPICE_KERNEL void __launch_bounds__(256, 2)
    coppice_spmm(const Number* values, const int* indices, const int* cuts, const Number* turnedX, int pitch,
                 const Number* bias, int relu, Number* y, int batch, int rows, int tiles) {
  __shared__ Examples tile[kTileColumns][32];
  const int lane = threadIdx.x % 32;
  const int blockRows = (rows - 1) / HEIGHT + 1;
  const int firstUnit = (blockIdx.y * 8 + threadIdx.x / 32) * kGroup;
  const int part = firstUnit % kParts;
  const int firstBlockRow = firstUnit / kParts;
  const int fetchedRow = firstBlockRow + lane / kLanesPerRow;
  const bool fetches = lane / kLanesPerRow < kGroup && fetchedRow < blockRows;
  Sums sums[kGroup] = {};

  for (int t = 0; t < tiles; t++) {
    int begin = 0;
    int end = 0;
    int columns[kFetches] = {};
    Number weights[kFetches] = {};
    if (fetches) {
      begin = cuts[static_cast<long long>(t) * blockRows + fetchedRow];
      end = cuts[static_cast<long long>(t + 1) * blockRows + fetchedRow];
      if (kWide && end < cuts[static_cast<long long>(tiles) * blockRows + fetchedRow] &&
          static_cast<long long>(indices[end]) * WIDTH < static_cast<long long>(t + 1) * kTileColumns) {
        end++;
      }
#pragma unroll
      for (int i = 0; i < kFetches; i++) {
        int entry = begin + i * kLanesPerRow + lane % kLanesPerRow;
        if (entry < end) {
          columns[i] = indices[entry] * WIDTH - t * kTileColumns;
          weights[i] = kSingle ? values[entry] : Number();
        }
      }
    }
    __syncthreads();
    fill(tile, turnedX + static_cast<long long>(t) * kTileColumns * pitch + blockIdx.x * TILE, pitch);
    __syncthreads();
#pragma unroll
    for (int g = 0; g < kGroup; g++) {
      const int first = __shfl_sync(kWholeWarp, begin, g * kLanesPerRow);
      const int count = __shfl_sync(kWholeWarp, end, g * kLanesPerRow) - first;
      const Number* block = values + static_cast<long long>(first) * kBlockSize + part * 16;
#pragma unroll
      for (int i = 0; i < kFetches; i++) {
        if (i * kLanesPerRow >= count) {
          break;
        }
#pragma unroll(kLanesPerRow < 8 ? kLanesPerRow : 4)
        for (int j = 0; j < kLanesPerRow; j++) {
          int entry = i * kLanesPerRow + j;
          if (entry >= count) {
            break;
          }
          int column = __shfl_sync(kWholeWarp, columns[i], g * kLanesPerRow + j);
          if constexpr (kSingle) {
            float weight = toFloat(__shfl_sync(kWholeWarp, weights[i], g * kLanesPerRow + j));
            addColumn(&weight, part, tile[column][lane], sums[g]);
          } else {
            addBlock(block + static_cast<long long>(entry) * kBlockSize, part, tile, column, lane, sums[g]);
          }
        }
      }
      for (int entry = kFetches * kLanesPerRow; entry < count; entry++) {
        addBlock(block + static_cast<long long>(entry) * kBlockSize, part, tile,
                 indices[first + entry] * WIDTH - t * kTileColumns, lane, sums[g]);
      }
    }
  }

  const int firstRow = firstBlockRow * HEIGHT + part * 16;
  const int blockEnd = kParts == 1 ? rows : (firstBlockRow + 1) * HEIGHT;
  storeRows(sums, firstRow, blockEnd < rows ? blockEnd : rows, blockIdx.x * TILE + lane * kExamples, bias, relu, y,
            batch, rows);
}

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
