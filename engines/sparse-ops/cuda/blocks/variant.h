// The kernels of one choice of HEIGHT and WIDTH with their test, in the namespace VARIANT; to be included once for each.
namespace VARIANT {
#include "device/device.cuh"
#include "device/blocks.cuh"
#include "device/tensor.cuh"
#include "device/stages.cuh"
#include "blocks/blocks.cu"
#include "blocks/emulated_blocks.h"
}  // namespace VARIANT
#undef VARIANT
#undef HEIGHT
#undef WIDTH
