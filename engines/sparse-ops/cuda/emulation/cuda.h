// Enough of CUDA for g++ to compile the kernels and run them block by block. A collective that a lane of the warp misses, or a barrier that a thread misses, ends the program with a sentence.
#ifndef COPPICE_EMULATED_CUDA_H
#define COPPICE_EMULATED_CUDA_H

#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <vector>

#include "emulation/fibers.h"

#define COPPICE_EMULATION
#define COPPICE_KERNEL [[maybe_unused]] static
#define COPPICE_INLINE [[maybe_unused]] static inline
#define COPPICE_DYNAMIC_SHARED(Type, name) Type* name = reinterpret_cast<Type*>(emulation::block().dynamicShared())
#define __shared__ static
#define __launch_bounds__(...)

struct dim3 {
  unsigned x = 1, y = 1, z = 1;
};

inline dim3 threadIdx, blockIdx, blockDim, gridDim;

namespace emulation {

class Block {
 public:
  /** Runs a kernel in all blocks of the grid, 256 threads each unless told otherwise. */
  void launch(dim3 grid, dim3 threads, std::size_t dynamicBytes, const std::function<void()>& kernel) {
    gridDim = grid;
    blockDim = threads;
    dynamicShared_.assign(dynamicBytes / sizeof(Aligned) + 1, Aligned());
    for (unsigned z = 0; z < grid.z; z++) {
      for (unsigned y = 0; y < grid.y; y++) {
        for (unsigned x = 0; x < grid.x; x++) {
          blockIdx = {x, y, z};
          run(kernel);
        }
      }
    }
  }

  char* dynamicShared() { return dynamicShared_[0].bytes; }

  int lane() const { return current_ % kWarp; }

  void barrier() {
    lanes_[current_].atBarrier = true;
    yield();
  }

  /** Shows each lane's bytes to the whole warp and gives all of them, 32 times kSlotBytes. */
  const char* collective(const void* given, std::size_t bytes) {
    int self = current_;
    Lane& lane = lanes_[self];
    long number = ++lane.collectives;
    char* slots = &slots_[((self / kWarp) * 2 + number % 2) * kWarp * kSlotBytes];
    if (bytes > 0) {
      std::memcpy(slots + self % kWarp * kSlotBytes, given, bytes);
    }
    yield();
    for (int i = self / kWarp * kWarp; i < self / kWarp * kWarp + kWarp; i++) {
      require(lanes_[i].collectives >= number, "a lane misses a collective of its warp");
    }
    return slots;
  }

  static constexpr std::size_t kSlotBytes = 64;

 private:
  static constexpr int kWarp = 32;

  struct alignas(128) Aligned {
    char bytes[128];
  };

  struct Lane {
    bool done = false;
    bool atBarrier = false;
    long collectives = 0;
  };

  Fibers fibers_;
  std::vector<Lane> lanes_;
  std::vector<char> slots_;
  std::vector<Aligned> dynamicShared_;
  int current_ = 0;

  static void require(bool holds, const char* otherwise) {
    if (!holds) {
      std::printf("emulation: %s\n", otherwise);
      std::exit(1);
    }
  }

  int threads() const { return static_cast<int>(lanes_.size()); }

  void run(const std::function<void()>& kernel) {
    lanes_.assign(blockDim.x * blockDim.y * blockDim.z, Lane());
    require(threads() % kWarp == 0, "the block is no multiple of a warp");
    slots_.resize(threads() * 2 * kSlotBytes);
    current_ = -1;
    fibers_.run(
        threads(),
        [&](int thread) {
          kernel();
          lanes_[thread].done = true;
        },
        [&] { return next(); });
  }

  bool canRun(int thread) const { return !lanes_[thread].done && !lanes_[thread].atBarrier; }

  // Lane after lane of one warp as long as any of them can run, then the next warp's.
  int next() {
    int warp = current_ < 0 ? 0 : current_ / kWarp;
    for (int i = 1; i <= kWarp; i++) {
      int thread = warp * kWarp + (current_ + i + kWarp) % kWarp;
      if (canRun(thread)) {
        return goOn(thread);
      }
    }
    for (int i = 1; i <= threads(); i++) {
      int thread = (warp * kWarp + i) % threads();
      if (canRun(thread)) {
        return goOn(thread);
      }
    }
    return release();
  }

  int release() {
    bool anyDone = false;
    bool allDone = true;
    for (const Lane& lane : lanes_) {
      anyDone |= lane.done;
      allDone &= lane.done;
    }
    if (allDone) {
      return -1;
    }
    require(!anyDone, "a thread misses a barrier of its block");
    for (Lane& lane : lanes_) {
      lane.atBarrier = false;
    }
    return goOn(0);
  }

  int goOn(int thread) {
    current_ = thread;
    threadIdx = {thread % blockDim.x, thread / blockDim.x % blockDim.y, thread / (blockDim.x * blockDim.y)};
    return thread;
  }

  void yield() { fibers_.yield(); }
};

inline Block& block() {
  static Block block;
  return block;
}

}  // namespace emulation

inline void __syncthreads() { emulation::block().barrier(); }

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

inline bool __any_sync(unsigned mask, bool holds) {
  const char* slots = emulation::block().collective(&holds, sizeof holds);
  bool any = false;
  for (int lane = 0; lane < 32; lane++) {
    any |= (mask >> lane & 1) != 0 && slots[lane * emulation::Block::kSlotBytes] != 0;
  }
  return any;
}

inline void __syncwarp() { emulation::block().collective(nullptr, 0); }

#endif
