// Enough of CUDA for g++ to compile the kernels.
#ifndef COPPICE_EMULATED_CUDA_H
#define COPPICE_EMULATED_CUDA_H

#include <math.h>
#include <string.h>

#include "emulation/threads.h"

#define COPPICE_EMULATION
#define COPPICE_KERNEL [[maybe_unused]] static
#define COPPICE_INLINE [[maybe_unused]] static inline
#define COPPICE_DYNAMIC_SHARED(Type, name) Type* name = reinterpret_cast<Type*>(emulation::dynamicShared())
#define __shared__ static
#define __launch_bounds__(...)

inline void __syncthreads() { emulation::barrier(); }

inline void __syncwarp() { emulation::collective(nullptr, 0); }

template <class Type>
Type __shfl_sync(unsigned, Type number, int from) {
  const char* slots = emulation::collective(&number, sizeof number);
  memcpy(&number, slots + from % 32 * emulation::kSlotBytes, sizeof number);
  return number;
}

template <class Type>
Type __shfl_xor_sync(unsigned mask, Type number, int with) {
  return __shfl_sync(mask, number, emulation::lane() ^ with);
}

inline bool __any_sync(unsigned, bool holds) {
  const char* slots = emulation::collective(&holds, sizeof holds);
  bool any = false;
  for (int lane = 0; lane < 32; lane++) {
    any |= slots[lane * emulation::kSlotBytes] != 0;
  }
  return any;
}

inline float __uint_as_float(unsigned bits) {
  float number;
  memcpy(&number, &bits, sizeof number);
  return number;
}

inline unsigned __float_as_uint(float number) {
  unsigned bits;
  memcpy(&bits, &number, sizeof bits);
  return bits;
}

#endif
