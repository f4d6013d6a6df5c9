// Products against sums in double precision: CSR and blocks up to 8 rows.
#include "emulation/block.h"
#include "emulation/cuda.h"
#include "test/matrix.h"
#include "test/tests.h"

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
#define WARP_ROWS 4
#include "test/variant.h"

#define VARIANT csr_64
#define HEIGHT 1
#define WIDTH 1
#define TILE 64
#define WARP_ROWS 1
#include "test/variant.h"

#define VARIANT blocks_4_1
#define HEIGHT 4
#define WIDTH 1
#define TILE 128
#define WARP_ROWS 16
#include "test/variant.h"

#define VARIANT blocks_1_4
#define HEIGHT 1
#define WIDTH 4
#define TILE 64
#define WARP_ROWS 8
#include "test/variant.h"

#define VARIANT blocks_5_3
#define HEIGHT 5
#define WIDTH 3
#define TILE 32
#define WARP_ROWS 16
#include "test/variant.h"

#define VARIANT blocks_3_2
#define HEIGHT 3
#define WIDTH 2
#define TILE 128
#define WARP_ROWS 2
#include "test/variant.h"

int productsOfSmallBlocks() {
  int count = 0;
  for (auto test : {csr::products, csr_32::products, csr_64::products, blocks_4_1::products, blocks_1_4::products, blocks_5_3::products, blocks_3_2::products}) {
    int right = test();
    if (right < 0) {
      return -1;
    }
    count += right;
  }
  return count;
}
