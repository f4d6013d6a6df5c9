// What becomes of numbers on their way to bf16 and back, and through the mask of a ReLU.
#include "emulation/block.h"
#include "emulation/cuda.h"
#include "test/arrays.h"
#include "test/tests.h"

namespace conversion {

#include "device/device.cuh"
#include "transpose/transpose.cu"

}  // namespace conversion

int conversions() {
  const float inf = std::numeric_limits<float>::infinity();
  // 1 + 1/256 lies halfway between two bf16 numbers, of which 1 is even; 1 + 3/256 does too, below 1 + 4/256.
  const float from[] = {0,   -0.5f, 1 + 1 / 256.f, 1 + 3 / 256.f, 1 + 1 / 256.f + 1e-6f, 3.4e38f, inf, -inf,
                        NAN, 1e-40f};
  const float to[] = {0, -0.5f, 1, 1 + 4 / 256.f, 1 + 2 / 256.f, inf, inf, -inf, NAN, std::ldexp(1.f, -133)};
  const int count = 10;
  unsigned short narrow[count];
  float wide[count];
  emulation::block().launch({1, 1, 1}, {256, 1, 1}, 0, [&] { conversion::coppice_to_bf16(from, narrow, count); });
  emulation::block().launch({1, 1, 1}, {256, 1, 1}, 0, [&] { conversion::coppice_to_float(narrow, wide, count); });
  for (int i = 0; i < count; i++) {
    if (!(std::abs(wide[i] - to[i]) < 1e-42f || wide[i] == to[i] || (std::isnan(wide[i]) && std::isnan(to[i])))) {
      std::printf("%g becomes %g in bf16, not %g\n", from[i], wide[i], to[i]);
      return -1;
    }
  }
  const float y[] = {1, 0, -1, NAN};
  float masked[] = {9, 9, 9, 9, 9};
  const float dy[] = {2, 3, 4, 5};
  emulation::block().launch({1, 1, 1}, {256, 1, 1}, 0, [&] { conversion::coppice_mask(dy, y, masked, 4); });
  const float wanted[] = {2, 0, 0, 0, 9};
  for (int i = 0; i < 5; i++) {
    if (masked[i] != wanted[i]) {
      std::printf("masked[%d] is %g, not %g\n", i, masked[i], wanted[i]);
      return -1;
    }
  }
  return count + 4;
}
