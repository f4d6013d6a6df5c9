// What a kernel's threads see and ask of their block; light, as every kernel that a test compiles includes it.
#ifndef COPPICE_EMULATED_THREADS_H
#define COPPICE_EMULATED_THREADS_H

#include <stddef.h>

struct dim3 {
  unsigned x = 1, y = 1, z = 1;
};

inline dim3 threadIdx, blockIdx, blockDim, gridDim;

namespace emulation {

/** What a lane can show to its warp. */
constexpr size_t kSlotBytes = 64;

/** Runs a kernel in all blocks of the grid, one after the other. */
void launch(dim3 grid, dim3 threads, size_t dynamicBytes, void (*kernel)(void*), void* argument);

char* dynamicShared();

int lane();

/** Waits for all threads. */
void barrier();

/** Waits for the warp; shows these bytes to it and gives what all lanes show, a slot each. */
const char* collective(const void* given, size_t bytes);

}  // namespace emulation

#endif
