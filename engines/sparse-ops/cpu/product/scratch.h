// Memory for intermediate results, from a cache line's first byte on; its contents are lost when it grows.
#ifndef COPPICE_SCRATCH_H
#define COPPICE_SCRATCH_H

#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>

namespace coppice {

class Scratch {
 public:
  float* floats(std::size_t count) {
    if (count > count_) {
      memory_.reset();
      count_ = 0;
      std::size_t bytes = (count * sizeof(float) + kCacheLine - 1) / kCacheLine * kCacheLine;
      memory_.reset(static_cast<float*>(std::aligned_alloc(kCacheLine, bytes)));
      if (memory_ == nullptr) {
        throw std::bad_alloc();
      }
      count_ = count;
    }
    return memory_.get();
  }

 private:
  static constexpr std::size_t kCacheLine = 64;

  struct Free {
    void operator()(float* memory) const { std::free(memory); }
  };

  std::unique_ptr<float, Free> memory_;
  std::size_t count_ = 0;
};

}  // namespace coppice

#endif
