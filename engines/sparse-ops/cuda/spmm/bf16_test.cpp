// Products against sums in double precision of the numbers rounded to bf16.
#include "emulation/block.h"
#include "emulation/cuda.h"
#include "test/matrix.h"
#include "test/tests.h"

#define COPPICE_BF16

#define VARIANT csr
#define HEIGHT 1
#define WIDTH 1
#define TILE 128
#define WARP_ROWS 16
#include "test/variant.h"

#define VARIANT csr_32
#define HEIGHT 1
#define WIDTH 1
#define TILE 32
#define WARP_ROWS 16
#include "test/variant.h"

#define VARIANT blocks_4_1
#define HEIGHT 4
#define WIDTH 1
#define TILE 64
#define WARP_ROWS 16
#include "test/variant.h"

#define VARIANT blocks_16_16
#define HEIGHT 16
#define WIDTH 16
#define TILE 128
#define WARP_ROWS 16
#include "test/variant.h"

#define VARIANT blocks_5_3
#define HEIGHT 5
#define WIDTH 3
#define TILE 64
#define WARP_ROWS 8
#include "test/variant.h"

int productsInBf16() {
  int count = 0;
  for (auto test : {csr::products, csr_32::products, blocks_4_1::products, blocks_16_16::products, blocks_5_3::products}) {
    int right = test();
    if (right < 0) {
      return -1;
    }
    count += right;
  }
  return count;
}
