// dvalues = dyᵀ x at the blocks, in bf16 on tensor cores.

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
