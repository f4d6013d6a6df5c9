// Products on emulated tensor cores against sums in double precision.
#include "emulation/block.h"
#include "emulation/cuda.h"
#include "emulation/tensor.h"
#include "test/matrix.h"
#include "test/tests.h"

#define VARIANT blocks_16_16
#define HEIGHT 16
#define WIDTH 16
#include "blocks/variant.h"

#define VARIANT blocks_32_32
#define HEIGHT 32
#define WIDTH 32
#include "blocks/variant.h"

#define VARIANT blocks_48_16
#define HEIGHT 48
#define WIDTH 16
#include "blocks/variant.h"

#define VARIANT blocks_16_48
#define HEIGHT 16
#define WIDTH 48
#include "blocks/variant.h"

#define VARIANT blocks_64_32
#define HEIGHT 64
#define WIDTH 32
#include "blocks/variant.h"

#define VARIANT blocks_32_128
#define HEIGHT 32
#define WIDTH 128
#include "blocks/variant.h"

int productsOnTensorCores() {
  int count = 0;
  for (auto test : {blocks_16_16::products, blocks_32_32::products, blocks_48_16::products, blocks_16_48::products, blocks_64_32::products, blocks_32_128::products}) {
    int right = test();
    if (right < 0) {
      return -1;
    }
    count += right;
  }
  return count;
}
