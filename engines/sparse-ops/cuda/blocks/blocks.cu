// y = act(x Wᵀ + bias) in bf16 with blocks of multiples of 16, on tensor cores.
//
// A thread block makes y of 128 examples and 256 rows, each of its 8 warps 32 of the rows. It walks over the columns of x
// 128 at a time; they come to shared memory two steps ahead. A warp multiplies where its rows have a block, and fetches
// that block's values, packed as the tensor cores want them, while it works on the one before.

static_assert(HEIGHT % 16 == 0 && WIDTH % 16 == 0, "HEIGHT and WIDTH must be multiples of 16");

static constexpr int kStrips = HEIGHT / 16;
static constexpr int kSlices = WIDTH / 16;

/**
 * Packs each 16 × 16 part of a block, slice of columns by slice and strip of rows by strip: lane l's 8 numbers are
 * those of columns l % 4 · 2 + {0, 1, 8, 9} in row l / 4, then in row l / 4 + 8.
 */
COPPICE_KERNEL void coppice_pack_blocks(const Bf16* values, Bf16* packed, int entries) {
  long long at = place();
  if (at >= static_cast<long long>(entries) * kBlockSize) {
    return;
  }
  int within = static_cast<int>(at % 256);
  int part = static_cast<int>(at / 256 % (kStrips * kSlices));
  int lane = within / 8;
  int column = part / kStrips * 16 + lane % 4 * 2 + within % 2 + within / 2 % 2 * 8;
  int row = part % kStrips * 16 + lane / 4 + within / 4 % 2 * 8;
  packed[at] = values[at / kBlockSize * kBlockSize + column * HEIGHT + row];
}

// Warps of two block rows follow both.
static constexpr int kRows = HEIGHT % 32 == 0 ? 1 : 2;
static constexpr int kRowStrips = 2 / kRows;

/** Where a warp is in a block row, and the packed values of the slice that comes next. */
struct Walk {
  int entry;
  int end;
  int column;
  int slice;
  int strip;
  Piece next[kRowStrips];
};

COPPICE_INLINE void fetch(Walk& walk, const Bf16* packed) {
  if (walk.entry < walk.end) {
    const Bf16* from =
        packed + ((static_cast<long long>(walk.entry) * kSlices + walk.slice) * kStrips + walk.strip) * 256;
#pragma unroll
    for (int i = 0; i < kRowStrips; i++) {
      walk.next[i] = loadVector<unsigned, 4>(reinterpret_cast<const unsigned*>(from + i * 256) + threadIdx.x % 32 * 4);
    }
  }
}

COPPICE_INLINE void goOn(Walk& walk, const Bf16* packed, const int* indices) {
  if (++walk.slice == kSlices) {
    walk.slice = 0;
    walk.entry++;
    walk.column = walk.entry < walk.end ? indices[walk.entry] : -1;
  }
  fetch(walk, packed);
}

COPPICE_KERNEL void __launch_bounds__(256, 1)
    coppice_spmm_blocks(const Bf16* packed, const int* starts, const int* indices, const Bf16* x, const Bf16* bias,
                        int relu, Bf16* y, int batch, int rows, int columns) {
  COPPICE_DYNAMIC_SHARED(Piece, stages);
  const int lane = threadIdx.x % 32;
  const int firstExample = blockIdx.x * kStageExamples;
  const int firstRow = blockIdx.y * 256 + threadIdx.x / 32 * 32;

  Walk walks[kRows];
#pragma unroll
  for (int i = 0; i < kRows; i++) {
    int row = firstRow + i * 16;
    bool inside = row < rows;
    Walk& walk = walks[i];
    walk.entry = inside ? starts[row / HEIGHT] : 0;
    walk.end = inside ? starts[row / HEIGHT + 1] : 0;
    walk.column = walk.entry < walk.end ? indices[walk.entry] : -1;
    walk.slice = 0;
    walk.strip = row % HEIGHT / 16;
    fetch(walk, packed);
  }

  float sums[8][4][4] = {};
  begin(stages, x, firstExample, batch, columns);
  for (int i = 0; i < stageCount(columns); i++) {
    const Piece* stage = advance(stages, i, x, firstExample, batch, columns);
    for (int slice = 0; slice < kStageColumns / 16; slice++) {
      const int column = (i * (kStageColumns / 16) + slice) / kSlices;
#pragma unroll
      for (int r = 0; r < kRows; r++) {
        if (walks[r].column == column) {
          Piece weights[kRowStrips];
#pragma unroll
          for (int strip = 0; strip < kRowStrips; strip++) {
            weights[strip] = walks[r].next[strip];
          }
          goOn(walks[r], packed, indices);
#pragma unroll
          for (int j = 0; j < 8; j++) {
            unsigned a[4];
            loadMatrices(a, stage + pieceAt(j * 16 + lane % 16, slice * 2 + lane / 16));
#pragma unroll
            for (int strip = 0; strip < kRowStrips; strip++) {
              const unsigned(&b)[4] = weights[strip].at;
              multiply(sums[j][(r + strip) * 2], a, b[0], b[1]);
              multiply(sums[j][(r + strip) * 2 + 1], a, b[2], b[3]);
            }
          }
        }
      }
    }
  }

  const bool pairs = rows % 2 == 0 && isAligned(y, 4);
#pragma unroll
  for (int j = 0; j < 8; j++) {
#pragma unroll
    for (int i = 0; i < 2; i++) {
      int example = firstExample + j * 16 + i * 8 + lane / 4;
#pragma unroll
      for (int k = 0; k < 4; k++) {
        int row = firstRow + k * 8 + lane % 4 * 2;
        Vector<Bf16, 2> pair;
#pragma unroll
        for (int l = 0; l < 2; l++) {
          float sum = sums[j][k][i * 2 + l];
          pair.at[l] = toBf16(activated(bias != nullptr && row + l < rows ? sum + toFloat(bias[row + l]) : sum, relu));
        }
        if (example < batch) {
          Bf16* to = y + static_cast<long long>(example) * rows + row;
          if (pairs && row < rows) {
            storeVector<Bf16, 2>(to, pair);
          } else {
#pragma unroll
            for (int l = 0; l < 2; l++) {
              if (row + l < rows) {
                to[l] = pair.at[l];
              }
            }
          }
        }
      }
    }
  }
}

// What a warp makes of a block's gradient: so often 16 columns by so often 8 rows.
static constexpr int kAcross = WIDTH % 32 == 0 ? 2 : 1;
static constexpr int kDown = HEIGHT % 32 == 0 ? 4 : 2;
static constexpr int kPartsDown = HEIGHT / (8 * kDown);
static constexpr int kPartsOfBlock = WIDTH / (16 * kAcross) * kPartsDown;

/**
 * dvalues = dyᵀ x at the entries, both feature-major. A warp takes one part of an entry over the whole batch, 32
 * examples at a time; which of them a lane holds is the same for x and dy, and 16 bytes each.
 */
COPPICE_KERNEL void __launch_bounds__(256)
    coppice_sddmm_blocks(const int* starts, const int* indices, const Bf16* turnedDy, const Bf16* turnedX, int pitch,
                         Bf16* dvalues, int entries, int blockRows) {
  const int lane = threadIdx.x % 32;
  const long long unit = blockIdx.x * 8ll + threadIdx.x / 32;
  const int entry = static_cast<int>(unit / kPartsOfBlock);
  const int firstColumn = static_cast<int>(unit % kPartsOfBlock) / kPartsDown * 16 * kAcross;
  const int firstRow = static_cast<int>(unit % kPartsOfBlock) % kPartsDown * 8 * kDown;
  if (entry >= entries) {
    return;
  }
  int blockRow = 0;
  int last = blockRows - 1;
  while (blockRow < last) {
    int middle = blockRow + (last - blockRow) / 2;
    if (starts[middle + 1] <= entry) {
      blockRow = middle + 1;
    } else {
      last = middle;
    }
  }
  const Bf16* x =
      turnedX + (static_cast<long long>(indices[entry]) * WIDTH + firstColumn + lane / 4) * pitch + lane % 4 * 8;
  const Bf16* dy =
      turnedDy + (static_cast<long long>(blockRow) * HEIGHT + firstRow + lane / 4) * pitch + lane % 4 * 8;
  float sums[kAcross][kDown][4] = {};
#pragma unroll 2
  for (int example = 0; example < pitch; example += 32) {
    Vector<unsigned, 4> xs[kAcross][2];
    Vector<unsigned, 4> dys[kDown];
#pragma unroll
    for (int i = 0; i < kAcross * 2; i++) {
      const Bf16* from = x + static_cast<long long>(i) * 8 * pitch + example;
      xs[i / 2][i % 2] = loadVector<unsigned, 4>(reinterpret_cast<const unsigned*>(from));
    }
#pragma unroll
    for (int j = 0; j < kDown; j++) {
      const Bf16* from = dy + static_cast<long long>(j) * 8 * pitch + example;
      dys[j] = loadVector<unsigned, 4>(reinterpret_cast<const unsigned*>(from));
    }
#pragma unroll
    for (int k = 0; k < 4; k += 2) {
#pragma unroll
      for (int i = 0; i < kAcross; i++) {
        const unsigned a[4] = {xs[i][0].at[k], xs[i][1].at[k], xs[i][0].at[k + 1], xs[i][1].at[k + 1]};
#pragma unroll
        for (int j = 0; j < kDown; j++) {
          multiply(sums[i][j], a, dys[j].at[k], dys[j].at[k + 1]);
        }
      }
    }
  }
  const bool pairs = isAligned(dvalues, 4);
#pragma unroll
  for (int i = 0; i < kAcross * 2; i++) {
#pragma unroll
    for (int j = 0; j < kDown; j++) {
      Vector<Bf16, 2> pair = {{toBf16(sums[i / 2][j][i % 2 * 2]), toBf16(sums[i / 2][j][i % 2 * 2 + 1])}};
      int column = firstColumn + i * 8 + lane / 4;
      Bf16* to = dvalues + (static_cast<long long>(entry) * WIDTH + column) * HEIGHT + firstRow + j * 8 + lane % 4 * 2;
      if (pairs) {
        storeVector<Bf16, 2>(to, pair);
      } else {
        to[0] = pair.at[0];
        to[1] = pair.at[1];
      }
    }
  }
}
