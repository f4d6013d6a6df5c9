// Blocks as tensor cores want their values.

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
