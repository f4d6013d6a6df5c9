// y = act(x Wᵀ + bias) in bf16 where W keeps at most 2 of every 4 columns, on sparse tensor cores.
//
// A thread block makes y of 256 rows and 128 examples, each of its 8 warps 64 rows and 64 examples. W is packed as the
// tensor cores want it: 16 rows by 32 columns at a time, 16 bytes of values a lane and 2 bits of place a value.

static constexpr int kTileRows = 16;
static constexpr int kSliceColumns = 32;

COPPICE_INLINE int slices(int columns) { return (columns - 1) / kSliceColumns + 1; }

/**
 * Packs W, 16 rows by 32 columns after each other; a thread packs 16 columns of two rows. What is missing to two values
 * in four columns is 0.
 */
COPPICE_KERNEL void coppice_pack_two_of_four(const Bf16* values, const int* starts, const int* indices,
                                             unsigned* packed, unsigned* places, int rows, int columns) {
  const long long at = place();
  const int part = static_cast<int>(at % 16);
  const long long piece = at / 16;
  const int slice = static_cast<int>(piece % slices(columns));
  const long long tile = piece / slices(columns);
  if (tile > (rows - 1) / kTileRows) {
    return;
  }
  unsigned kept = 0;
  for (int half = 0; half < 2; half++) {
    const int row = static_cast<int>(tile) * kTileRows + part / 2 + half * 8;
    const int firstColumn = slice * kSliceColumns + part % 2 * 16;
    int entry = row < rows ? starts[row] : 0;
    const int end = row < rows ? starts[row + 1] : 0;
    int high = end;
    while (entry < high) {
      int middle = entry + (high - entry) / 2;
      if (indices[middle] < firstColumn) {
        entry = middle + 1;
      } else {
        high = middle;
      }
    }
    for (int group = 0; group < 4; group++) {
      const int column = firstColumn + group * 4;
      unsigned numbers[2] = {};
      unsigned where[2] = {0, 3};
      int count = 0;
      for (; count < 2 && entry < end && indices[entry] < column + 4; count++, entry++) {
        numbers[count] = values[entry];
        where[count] = indices[entry] - column;
      }
      // A single value in the last place comes second, before it a 0.
      if (count == 1) {
        bool last = where[0] == 3;
        numbers[1] = last ? numbers[0] : 0;
        numbers[0] = last ? 0 : numbers[0];
        where[0] = last ? 0 : where[0];
        where[1] = 3;
      }
      kept |= (where[0] | where[1] << 2) << (half * 16 + group * 4);
      packed[piece * 128 + (part / 2 * 4 + group) * 4 + half + part % 2 * 2] = numbers[0] | numbers[1] << 16;
    }
  }
  places[at] = kept;
}

static constexpr int kWarpTiles = 4;

/** What a warp needs of W for a slice of columns. */
struct Weights {
  Vector<unsigned, 4> values[kWarpTiles];
  unsigned places[kWarpTiles];
};

COPPICE_INLINE void fetch(Weights& weights, const unsigned* packed, const unsigned* places, int firstTile, int slice,
                          int rows, int columns) {
  const int lane = threadIdx.x % 32;
#pragma unroll
  for (int i = 0; i < kWarpTiles; i++) {
    if (firstTile + i <= (rows - 1) / kTileRows && slice < slices(columns)) {
      unsigned piece = static_cast<unsigned>(firstTile + i) * slices(columns) + slice;
      weights.values[i] = loadVector<unsigned, 4>(packed + piece * 128 + lane * 4);
      weights.places[i] = places[piece * 16 + lane / 4 * 2 + lane % 2];
    }
  }
}

COPPICE_KERNEL void __launch_bounds__(256, 1)
    coppice_spmm_two_of_four(const unsigned* packed, const unsigned* places, const Bf16* x, const Bf16* bias, int relu,
                             Bf16* y, int batch, int rows, int columns) {
  COPPICE_DYNAMIC_SHARED(Piece, stages);
  const int lane = threadIdx.x % 32;
  const int warp = threadIdx.x / 32;
  const int firstExample = blockIdx.x * kStageExamples;
  const int firstTile = blockIdx.y * 16 + warp % 4 * kWarpTiles;
  const int examplesOff = warp / 4 * 64;

  // Rows beyond W are multiplied with zeros whose places are valid.
  Weights next = {};
#pragma unroll
  for (int i = 0; i < kWarpTiles; i++) {
    next.places[i] = 0xccccccccu;
  }
  fetch(next, packed, places, firstTile, 0, rows, columns);
  float sums[kWarpTiles][8][4] = {};
  begin(stages, x, firstExample, batch, columns);
  for (int i = 0; i < stageCount(columns); i++) {
    const Piece* stage = advance(stages, i, x, firstExample, batch, columns);
#pragma unroll 1
    for (int part = 0; part < kStageColumns / kSliceColumns; part++) {
      const int slice = i * (kStageColumns / kSliceColumns) + part;
      if (slice >= slices(columns)) {
        break;
      }
      const Weights weights = next;
      fetch(next, packed, places, firstTile, slice + 1, rows, columns);
#pragma unroll
      for (int j = 0; j < 8; j++) {
        unsigned b[4];
        loadMatrices(b, stage + pieceAt(examplesOff + j * 8 + lane % 8, part * 4 + lane / 8));
#pragma unroll
        for (int k = 0; k < kWarpTiles; k++) {
          multiplySparse(sums[k][j], weights.values[k].at, b, weights.places[k]);
        }
      }
    }
  }

#pragma unroll
  for (int k = 0; k < kWarpTiles; k++) {
#pragma unroll
    for (int half = 0; half < 2; half++) {
      const int row = (firstTile + k) * kTileRows + half * 8 + lane / 4;
      const float added = bias != nullptr && row < rows ? toFloat(bias[row]) : 0;
#pragma unroll
      for (int j = 0; j < 8; j++) {
#pragma unroll
        for (int l = 0; l < 2; l++) {
          const int example = firstExample + examplesOff + j * 8 + lane % 4 * 2 + l;
          if (row < rows && example < batch) {
            y[static_cast<long long>(example) * rows + row] =
                toBf16(activated(sums[k][j][half * 2 + l] + added, relu));
          }
        }
      }
    }
  }
}
