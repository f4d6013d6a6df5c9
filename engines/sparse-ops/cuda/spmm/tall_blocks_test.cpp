// Products against sums in double precision: blocks of 16 rows and more, and blocks wider than a tile.
#include "emulation/block.h"
#include "emulation/cuda.h"
#include "test/matrix.h"
#include "test/tests.h"

#define VARIANT blocks_16_1
#define HEIGHT 16
#define WIDTH 1
#define TILE 128
#define WARP_ROWS 16
#include "test/variant.h"

#define VARIANT blocks_1_16
#define HEIGHT 1
#define WIDTH 16
#define TILE 128
#define WARP_ROWS 16
#include "test/variant.h"

#define VARIANT blocks_20_7
#define HEIGHT 20
#define WIDTH 7
#define TILE 64
#define WARP_ROWS 16
#include "test/variant.h"

#define VARIANT blocks_32_32
#define HEIGHT 32
#define WIDTH 32
#define TILE 32
#define WARP_ROWS 16
#include "test/variant.h"

#define VARIANT blocks_2_70
#define HEIGHT 2
#define WIDTH 70
#define TILE 32
#define WARP_ROWS 16
#include "test/variant.h"

#define VARIANT blocks_70_2
#define HEIGHT 70
#define WIDTH 2
#define TILE 64
#define WARP_ROWS 4
#include "test/variant.h"

int productsOfTallBlocks() {
  int count = 0;
  for (auto test : {blocks_16_1::products, blocks_1_16::products, blocks_20_7::products, blocks_32_32::products, blocks_2_70::products, blocks_70_2::products}) {
    int right = test();
    if (right < 0) {
      return -1;
    }
    count += right;
  }
  return count;
}
