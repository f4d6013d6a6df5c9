// Enough of CUDA for g++ to compile the kernels.
#ifndef COPPICE_EMULATED_CUDA_H
#define COPPICE_EMULATED_CUDA_H

#include <cmath>
#include <cstring>

#include "emulation/block.h"

#define COPPICE_EMULATION
#define COPPICE_KERNEL [[maybe_unused]] static
#define COPPICE_INLINE [[maybe_unused]] static inline
#define COPPICE_DYNAMIC_SHARED(Type, name) Type* name = reinterpret_cast<Type*>(emulation::block().dynamicShared())
#define __shared__ static
#define __launch_bounds__(...)

inline void __syncthreads() { emulation::block().barrier(); }

inline void __syncwarp() { emulation::block().collective(nullptr, 0); }

template <class Type>
Type __shfl_sync(unsigned, Type number, int from) {
  const char* slots = emulation::block().collective(&number, sizeof number);
  std::memcpy(&number, slots + from % 32 * emulation::Block::kSlotBytes, sizeof number);
  return number;
}

template <class Type>
Type __shfl_xor_sync(unsigned mask, Type number, int with) {
  return __shfl_sync(mask, number, emulation::block().lane() ^ with);
}

inline bool __any_sync(unsigned, bool holds) {
  const char* slots = emulation::block().collective(&holds, sizeof holds);
  bool any = false;
  for (int lane = 0; lane < 32; lane++) {
    any |= slots[lane * emulation::Block::kSlotBytes] != 0;
  }
  return any;
}

inline float __uint_as_float(unsigned bits) {
  float number;
  std::memcpy(&number, &bits, sizeof number);
  return number;
}

inline unsigned __float_as_uint(float number) {
  unsigned bits;
  std::memcpy(&bits, &number, sizeof bits);
  return bits;
}

#endif
