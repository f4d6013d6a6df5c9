#include "isa/kernels.h"

namespace coppice {

const Kernels* kernelsOf(Isa isa) {
  switch (isa) {
    case Isa::kScalar:
      return &scalar::kernels;
#ifdef __x86_64__
    case Isa::kAvx2:
      return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &avx2::kernels : nullptr;
    case Isa::kAvx512:
      return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
                     __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512bw") &&
                     __builtin_cpu_supports("fma")
                 ? &avx512::kernels
                 : nullptr;
#endif
    default:
      return nullptr;
  }
}

}  // namespace coppice
