// y = act(x Wᵀ + bias), x feature-major.

#ifndef WARP_ROWS
#define WARP_ROWS 16
#endif

// Block rows per warp.
static constexpr int kGroup = kParts == 1 && WARP_ROWS > kPartRows ? WARP_ROWS / kPartRows : 1;
static constexpr int kWarpRows = kGroup * kPartRows;

// The entries of a group's block rows in a tile are fetched by all lanes at once, so many of each row in a round.
static constexpr int kLanesPerRow = 32 / kGroup;
static constexpr int kTileBlocks = (kTileColumns + WIDTH - 1) / WIDTH;
static constexpr int kNeededFetches = (kTileBlocks + kLanesPerRow - 1) / kLanesPerRow;
static constexpr int kFetches = kNeededFetches < 4 ? kNeededFetches : 4;
static constexpr int kRoundEntries = kFetches * kLanesPerRow;
static constexpr bool kSingle = kBlockSize == 1;
static constexpr bool kWide = WIDTH > kTileColumns;

// Entries, or columns of wide blocks, whose loads are under way at once, as far as registers allow.
static constexpr int kAtOnce = kPartRows <= 4 ? 4 : kPartRows <= 8 ? 2 : 1;

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
COPPICE_INLINE void addBlock(const Number* block, int part, const Examples (*tile)[32], int column,
                             Sums& sums) {
#pragma unroll(kAtOnce)
  for (int i = 0; i < WIDTH; i++) {
    if (!kWide || (column + i >= 0 && column + i < kTileColumns)) {
      float weights[kPartRows] = {};
      loadColumn(block + i * HEIGHT, part, weights);
      addColumn(weights, part, tile[column + i][threadIdx.x % 32], sums);
    }
  }
}

/** An entry as a warp keeps it: its first column in the tile and, in CSR, the bits of its value. */
typedef Vector<unsigned, 2> Fetched;

/** The entries of one of the group's block rows in a tile: from begin to end. */
struct Range {
  int begin;
  int end;
};

COPPICE_INLINE Range rangeOf(const int* cuts, const int* indices, int row, int tile, int blockRows, int tiles) {
  Range range;
  range.begin = cuts[static_cast<long long>(tile) * blockRows + row];
  range.end = cuts[static_cast<long long>(tile + 1) * blockRows + row];
  // A wide block may reach from this tile into the next.
  if (kWide && range.end < cuts[static_cast<long long>(tiles) * blockRows + row] &&
      static_cast<long long>(indices[range.end]) * WIDTH < static_cast<long long>(tile + 1) * kTileColumns) {
    range.end++;
  }
  return range;
}

/** Fetches a round of entries of the lane's block row. */
COPPICE_INLINE void fetch(Fetched* to, const Range& range, int round, int firstColumn, const int* indices,
                          const Number* values) {
  const int lane = threadIdx.x % 32;
#pragma unroll
  for (int i = 0; i < kFetches; i++) {
    int entry = range.begin + round * kRoundEntries + i * kLanesPerRow + lane % kLanesPerRow;
    if (entry < range.end) {
      to[i].at[0] = indices[entry] * WIDTH - firstColumn;
      to[i].at[1] = kSingle ? __float_as_uint(toFloat(values[entry])) : 0;
    }
  }
}

/** Shows the lane's entries to its warp. */
COPPICE_INLINE void show(Fetched* shown, const Fetched* fetched) {
  const int lane = threadIdx.x % 32;
  if (lane / kLanesPerRow < kGroup) {
#pragma unroll
    for (int i = 0; i < kFetches; i++) {
      shown[lane / kLanesPerRow * kRoundEntries + i * kLanesPerRow + lane % kLanesPerRow] = fetched[i];
    }
  }
}

/** Adds entries of one column, all loads before the first sum. */
template <int Count>
COPPICE_INLINE void addEntries(const Fetched* shown, const Number* blocks, int part, const Examples (*tile)[32],
                               Sums& sums) {
  constexpr int kLoaded = Count % 2 == 0 && kRoundEntries % 2 == 0 ? 2 : 1;
  float weights[Count][kPartRows] = {};
  Examples x[Count];
  Vector<unsigned, 2 * kLoaded> entries[Count / kLoaded];
#pragma unroll
  for (int i = 0; i < Count / kLoaded; i++) {
    entries[i] = loadVector<unsigned, 2 * kLoaded>(shown[i * kLoaded].at);
  }
#pragma unroll
  for (int i = 0; i < Count; i++) {
    x[i] = tile[entries[i / kLoaded].at[i % kLoaded * 2]][threadIdx.x % 32];
    if constexpr (kSingle) {
      weights[i][0] = __uint_as_float(entries[i / kLoaded].at[i % kLoaded * 2 + 1]);
    } else {
      loadColumn(blocks + static_cast<long long>(i) * kBlockSize, part, weights[i]);
    }
  }
#pragma unroll
  for (int i = 0; i < Count; i++) {
    addColumn(weights[i], part, x[i], sums);
  }
}

/** Adds the shown entries of one block row, whose values begin at `blocks`. */
COPPICE_INLINE void addRow(const Fetched* shown, int count, const Number* blocks, int part,
                           const Examples (*tile)[32], Sums& sums) {
  int at = 0;
  if constexpr (WIDTH == 1) {
#pragma unroll 1
    for (; at + kAtOnce <= count; at += kAtOnce) {
      addEntries<kAtOnce>(shown + at, blocks + static_cast<long long>(at) * kBlockSize, part, tile, sums);
    }
    if (kAtOnce > 2 && at + 2 <= count) {
      addEntries<2>(shown + at, blocks + static_cast<long long>(at) * kBlockSize, part, tile, sums);
      at += 2;
    }
    if (kAtOnce > 1 && at < count) {
      addEntries<1>(shown + at, blocks + static_cast<long long>(at) * kBlockSize, part, tile, sums);
    }
  } else {
#pragma unroll 1
    for (; at < count; at++) {
      addBlock(blocks + static_cast<long long>(at) * kBlockSize, part, tile, static_cast<int>(shown[at].at[0]), sums);
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

/** Adds bias and applies ReLU, then stores the rows for the lane's examples. */
COPPICE_INLINE void storeRows(const Sums* sums, int firstRow, int endRow, int firstExample, const Number* bias,
                              int relu, Number* y, int batch, int rows) {
  constexpr int kTogether = kWarpRows % 4 == 0 ? 4 : 1;
  const bool together = kTogether == 4 && rows % 4 == 0 && firstRow % 4 == 0 && isAligned(y, 4 * sizeof(Number));
#pragma unroll
  for (int first = 0; first < kWarpRows; first += kTogether) {
    float biases[kTogether] = {};
#pragma unroll
    for (int j = 0; j < kTogether; j++) {
      if (bias != nullptr && firstRow + first + j < endRow) {
        biases[j] = toFloat(bias[firstRow + first + j]);
      }
    }
#pragma unroll
    for (int i = 0; i < kExamples; i++) {
      Vector<Number, kTogether> numbers;
#pragma unroll
      for (int j = 0; j < kTogether; j++) {
        numbers.at[j] = toNumber(activated(sums[(first + j) / kPartRows][(first + j) % kPartRows][i] + biases[j], relu));
      }
      if (firstExample + i < batch) {
        Number* to = y + static_cast<long long>(firstExample + i) * rows + firstRow + first;
        if (together && firstRow + first + kTogether <= endRow) {
          storeVector<Number, kTogether>(to, numbers);
        } else {
#pragma unroll
          for (int j = 0; j < kTogether; j++) {
            if (firstRow + first + j < endRow) {
              to[j] = numbers.at[j];
            }
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
  alignas(16) __shared__ Examples tile[kTileColumns][32];
  alignas(16) __shared__ Fetched shownByWarp[8][32 * kFetches];
  const int lane = threadIdx.x % 32;
  const int blockRows = (rows - 1) / HEIGHT + 1;
  const int firstUnit = (blockIdx.y * 8 + threadIdx.x / 32) * kGroup;
  const int part = firstUnit % kParts;
  const int firstBlockRow = firstUnit / kParts;
  const int lanesRow = firstBlockRow + lane / kLanesPerRow;
  const bool hasRow = lane / kLanesPerRow < kGroup && lanesRow < blockRows;
  Fetched* shown = shownByWarp[threadIdx.x / 32];
  Sums sums[kGroup] = {};

  for (int t = 0; t < tiles; t++) {
    Range range{};
    Fetched fetched[kFetches] = {};
    if (hasRow) {
      range = rangeOf(cuts, indices, lanesRow, t, blockRows, tiles);
      fetch(fetched, range, 0, t * kTileColumns, indices, values);
    }
    __syncthreads();
    show(shown, fetched);
    fill(tile, turnedX + static_cast<long long>(t) * kTileColumns * pitch + blockIdx.x * TILE, pitch);
    __syncthreads();
    for (int round = 0;;) {
#pragma unroll
      for (int g = 0; g < kGroup; g++) {
        const int begin = __shfl_sync(kWholeWarp, range.begin, g * kLanesPerRow) + round * kRoundEntries;
        const int left = __shfl_sync(kWholeWarp, range.end, g * kLanesPerRow) - begin;
        addRow(shown + g * kRoundEntries, left < kRoundEntries ? left : kRoundEntries,
               values + static_cast<long long>(begin) * kBlockSize + part * 16, part, tile, sums[g]);
      }
      round++;
      if (!__any_sync(kWholeWarp, range.begin + round * kRoundEntries < range.end)) {
        break;
      }
      fetch(fetched, range, round, t * kTileColumns, indices, values);
      __syncwarp();
      show(shown, fetched);
      __syncwarp();
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
