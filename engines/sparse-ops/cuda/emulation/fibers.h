// The threads of one block as fibers on one thread of the host; each runs until it waits for others.
#ifndef COPPICE_FIBERS_H
#define COPPICE_FIBERS_H

#include <setjmp.h>
#include <ucontext.h>

#include <cstddef>
#include <functional>
#include <memory>
#include <vector>

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/common_interface_defs.h>
#endif

namespace emulation {

class Fibers {
 public:
  /** Runs `run` in that many fibers up to the end of each; `next` tells, turn by turn, which goes on, -1 for none. */
  void run(int count, const std::function<void(int)>& run, const std::function<int()>& next) {
    body_ = &run;
    while (static_cast<int>(fibers_.size()) < count) {
      fibers_.push_back(std::make_unique<Fiber>());
    }
    for (int fiber = next(); fiber >= 0; fiber = next()) {
      resume(fiber);
    }
  }

  /** Back to whoever runs the fibers, until it is this fiber's turn again. */
  void yield() { leave(); }

 private:
  static constexpr std::size_t kStackBytes = 256 << 10;

  struct Fiber {
    std::unique_ptr<char[]> stack{new char[kStackBytes]};
    ucontext_t context;
    jmp_buf jump;
    bool started = false;
  };

  std::vector<std::unique_ptr<Fiber>> fibers_;
  const std::function<void(int)>* body_ = nullptr;
  int current_ = 0;
  ucontext_t host_;
  jmp_buf hostJump_;
  const void* hostStack_ = nullptr;
  std::size_t hostStackBytes_ = 0;

  // A fiber that is at its end waits for the next run.
  static void enter(unsigned high, unsigned low) {
    auto address = static_cast<unsigned long>(high) << 32 | low;
    auto* fibers = reinterpret_cast<Fibers*>(address);
#ifdef __SANITIZE_ADDRESS__
    __sanitizer_finish_switch_fiber(nullptr, &fibers->hostStack_, &fibers->hostStackBytes_);
#endif
    for (;;) {
      (*fibers->body_)(fibers->current_);
      fibers->leave();
    }
  }

  void ready(Fiber& fiber) {
    getcontext(&fiber.context);
    fiber.context.uc_stack.ss_sp = fiber.stack.get();
    fiber.context.uc_stack.ss_size = kStackBytes;
    fiber.context.uc_link = nullptr;
    auto address = reinterpret_cast<unsigned long>(this);
    makecontext(&fiber.context, reinterpret_cast<void (*)()>(enter), 2, static_cast<unsigned>(address >> 32),
                static_cast<unsigned>(address));
    fiber.started = true;
  }

#ifdef __SANITIZE_ADDRESS__
  void resume(int number) {
    Fiber& fiber = *fibers_[number];
    current_ = number;
    if (!fiber.started) {
      ready(fiber);
    }
    void* fake = nullptr;
    __sanitizer_start_switch_fiber(&fake, fiber.stack.get(), kStackBytes);
    swapcontext(&host_, &fiber.context);
    __sanitizer_finish_switch_fiber(fake, nullptr, nullptr);
  }

  void leave() {
    void* fake = nullptr;
    __sanitizer_start_switch_fiber(&fake, hostStack_, hostStackBytes_);
    swapcontext(&fibers_[current_]->context, &host_);
    __sanitizer_finish_switch_fiber(fake, &hostStack_, &hostStackBytes_);
  }
#else
  // Jumps, since a switch by ucontext asks the kernel twice.
  void resume(int number) {
    Fiber& fiber = *fibers_[number];
    current_ = number;
    if (_setjmp(hostJump_) != 0) {
      return;
    }
    if (fiber.started) {
      _longjmp(fiber.jump, 1);
    }
    ready(fiber);
    setcontext(&fiber.context);
  }

  void leave() {
    if (_setjmp(fibers_[current_]->jump) == 0) {
      _longjmp(hostJump_, 1);
    }
  }
#endif
};

}  // namespace emulation

#endif
