// How the threads of a call share its work, and wait for one another.
#ifndef COPPICE_MEETING_H
#define COPPICE_MEETING_H

#include <omp.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <thread>

namespace coppice {

/** Waking a thread that sleeps takes as long as about so many multiply-adds. */
constexpr long kMultiplyAddsPerThread = 4'000'000;

/** The number that COPPICE_WORK_PER_THREAD says instead, so that tests may split the least of work. */
inline long multiplyAddsPerThread() {
  static const long number = [] {
    const char* said = std::getenv("COPPICE_WORK_PER_THREAD");
    const long given = said == nullptr ? 0 : std::atol(said);
    return given > 0 ? given : kMultiplyAddsPerThread;
  }();
  return number;
}

/** The threads that a call with so many multiply-adds is worth. */
inline int threadsFor(long multiplyAdds) {
  return static_cast<int>(std::min<long>(omp_get_max_threads(), std::max(1L, multiplyAdds / multiplyAddsPerThread())));
}

/** Where threads wait for one another: awake for a short while, as OpenMP's own barrier sends them to sleep. */
class Meeting {
 public:
  void arrive() { arrived_.fetch_add(1, std::memory_order_acq_rel); }

  /** Returns when so many have arrived. */
  void await(int threads) const {
    for (int turn = 0; !isAttended(threads); turn++) {
      if (turn < kTurnsAwake) {
        pause();
      } else {
        std::this_thread::yield();
      }
    }
  }

  /** The same, but gives up when the others take long. */
  void awaitBriefly(int threads) const {
    for (int turn = 0; turn < kTurnsAwake && !isAttended(threads); turn++) {
      pause();
    }
  }

 private:
  static constexpr int kTurnsAwake = 4000;

  static void pause() {
#ifdef __x86_64__
    __builtin_ia32_pause();
#endif
  }

  bool isAttended(int threads) const { return arrived_.load(std::memory_order_acquire) >= threads; }

  std::atomic<int> arrived_{0};
};

}  // namespace coppice

#endif
