// The kernels of one choice of defines with their test, in the namespace VARIANT; to be included once for each choice.
namespace VARIANT {
#include "device/device.cuh"
#include "device/blocks.cuh"
#include "transpose/transpose.cu"
#include "spmm/index.cu"
#include "spmm/entries.cuh"
#include "spmm/spmm.cu"
#include "spmm/few.cu"
#include "sddmm/sddmm.cu"
#include "test/emulated_product.h"
}  // namespace VARIANT
#undef VARIANT
#undef HEIGHT
#undef WIDTH
#undef TILE
#undef WARP_ROWS
