#include "emulation/block.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace emulation {

static void require(bool holds, const char* otherwise) {
  if (!holds) {
    std::printf("emulation: %s\n", otherwise);
    std::exit(1);
  }
}

void Block::launch(dim3 grid, dim3 threads, std::size_t dynamicBytes, const std::function<void()>& kernel) {
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

void Block::run(const std::function<void()>& kernel) {
  threads_.assign(blockDim.x * blockDim.y * blockDim.z, Thread());
  require(threads_.size() % kWarp == 0, "the block is no multiple of a warp");
  slots_.resize(threads_.size() * 2 * kSlotBytes);
  current_ = -1;
  fibers_.run(
      static_cast<int>(threads_.size()),
      [&](int thread) {
        kernel();
        threads_[thread].done = true;
      },
      [&] { return next(); });
}

void Block::barrier() {
  threads_[current_].atBarrier = true;
  fibers_.yield();
}

// Two sets of slots do: no lane is two collectives ahead of another.
const char* Block::collective(const void* given, std::size_t bytes) {
  const int self = current_;
  const int first = self / kWarp * kWarp;
  const long number = ++threads_[self].collectives;
  char* slots = &slots_[(first * 2 + number % 2 * kWarp) * kSlotBytes];
  if (bytes > 0) {
    std::memcpy(slots + self % kWarp * kSlotBytes, given, bytes);
  }
  fibers_.yield();
  for (int i = first; i < first + kWarp; i++) {
    require(threads_[i].collectives >= number, "a lane misses a collective of its warp");
  }
  return slots;
}

// Lane after lane of one warp as long as any of them can run, then the next warp's.
int Block::next() {
  const int count = static_cast<int>(threads_.size());
  const int first = current_ < 0 ? 0 : current_ / kWarp * kWarp;
  for (int i = 1; i <= kWarp; i++) {
    int thread = first + (current_ + i + kWarp) % kWarp;
    if (canRun(thread)) {
      return goOn(thread);
    }
  }
  for (int i = 0; i < count; i++) {
    int thread = (first + i) % count;
    if (canRun(thread)) {
      return goOn(thread);
    }
  }
  return release();
}

// All threads wait at a barrier, or all are done.
int Block::release() {
  bool anyDone = false;
  bool allDone = true;
  for (const Thread& thread : threads_) {
    anyDone |= thread.done;
    allDone &= thread.done;
  }
  if (allDone) {
    return -1;
  }
  require(!anyDone, "a thread misses a barrier of its block");
  for (Thread& thread : threads_) {
    thread.atBarrier = false;
  }
  return goOn(0);
}

int Block::goOn(int thread) {
  current_ = thread;
  threadIdx = {thread % blockDim.x, thread / blockDim.x % blockDim.y, thread / (blockDim.x * blockDim.y)};
  return thread;
}

Block& block() {
  static Block block;
  return block;
}

void launch(dim3 grid, dim3 threads, size_t dynamicBytes, void (*kernel)(void*), void* argument) {
  block().launch(grid, threads, dynamicBytes, [=] { kernel(argument); });
}

char* dynamicShared() { return block().dynamicShared(); }

int lane() { return block().lane(); }

void barrier() { block().barrier(); }

const char* collective(const void* given, size_t bytes) { return block().collective(given, bytes); }

}  // namespace emulation
