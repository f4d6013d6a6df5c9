// How a warp takes the entries of its rows: it fetches many at once, shows them to its lanes and adds one after another.

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
