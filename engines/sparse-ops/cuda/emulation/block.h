// One block of threads at a time, in warps of 32. A collective that a lane of the warp misses, or a barrier that a thread
// misses, ends the program with a sentence.
#ifndef COPPICE_EMULATED_BLOCK_H
#define COPPICE_EMULATED_BLOCK_H

#include <cstddef>
#include <functional>
#include <vector>

#include "emulation/fibers.h"
#include "emulation/threads.h"

namespace emulation {

class Block {
 public:
  /** Runs a kernel in all blocks of the grid, one after the other. */
  void launch(dim3 grid, dim3 threads, std::size_t dynamicBytes, const std::function<void()>& kernel);

  char* dynamicShared() { return dynamicShared_[0].bytes; }

  int lane() const { return current_ % kWarp; }

  void barrier();

  const char* collective(const void* given, std::size_t bytes);

 private:
  static constexpr int kWarp = 32;

  struct alignas(128) Aligned {
    char bytes[128];
  };

  struct Thread {
    bool done = false;
    bool atBarrier = false;
    long collectives = 0;
  };

  Fibers fibers_;
  std::vector<Thread> threads_;
  std::vector<char> slots_;
  std::vector<Aligned> dynamicShared_;
  int current_ = -1;

  void run(const std::function<void()>& kernel);
  bool canRun(int thread) const { return !threads_[thread].done && !threads_[thread].atBarrier; }
  int next();
  int release();
  int goOn(int thread);
};

/** The block that runs. */
Block& block();

}  // namespace emulation

#endif
