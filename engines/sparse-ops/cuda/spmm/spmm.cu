// y = act(x Wᵀ + bias), x feature-major.

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
