// Steps of the update rules by hand.
#include "emulation/block.h"
#include "emulation/cuda.h"
#include "test/arrays.h"
#include "test/tests.h"

namespace steps {

#include "device/device.cuh"
#include "optimizer/optimizer.cu"

bool all(const char* what, const std::vector<float>& numbers, double even, double odd) {
  for (std::size_t i = 0; i < numbers.size(); i++) {
    double expected = i % 2 == 0 ? even : odd;
    if (!(std::abs(numbers[i] - expected) <= 1e-6)) {
      std::printf("%s[%zu] is %g, not %g\n", what, i, numbers[i], expected);
      return false;
    }
  }
  return true;
}

void launch(int count, const std::function<void()>& kernel) {
  emulation::block().launch({static_cast<unsigned>(covering(count, 256)), 1, 1}, {256, 1, 1}, 0, kernel);
}

/** Every second number is masked. */
std::vector<float> mask(int count) {
  std::vector<float> mask(count);
  for (int i = 0; i < count; i += 2) {
    mask[i] = 1;
  }
  return mask;
}

/** v = 0.5 · 2 + 3 + 0.1 · 10 = 5 and w = 10 - 0.1 · 5; with Nesterov w = 10 - 0.1 (4 + 0.5 · 5); plain w = 10 - 0.1 · 4. */
bool descends(int count) {
  std::vector<float> masks = mask(count), w(count, 10), g(count, 3), v(count, 2);
  launch(count, [&] { coppice_sgd(w.data(), g.data(), v.data(), masks.data(), count, 0.1f, 0.5f, 0, 0.1f); });
  if (!all("velocity", v, 5, 0) || !all("parameter", w, 9.5, 0) || !all("gradient", g, 0, 0)) {
    return false;
  }
  w.assign(count, 10);
  g.assign(count, 3);
  v.assign(count, 2);
  launch(count, [&] { coppice_sgd(w.data(), g.data(), v.data(), nullptr, count, 0.1f, 0.5f, 1, 0.1f); });
  if (!all("Nesterov's velocity", v, 5, 5) || !all("Nesterov's parameter", w, 9.35, 9.35)) {
    return false;
  }
  w.assign(count, 10);
  g.assign(count, 3);
  launch(count, [&] { coppice_sgd(w.data(), g.data(), nullptr, nullptr, count, 0.1f, 0, 0, 0.1f); });
  return all("plain parameter", w, 9.6, 9.6);
}

/**
 * With decay 0.1 the gradient is 1 + 0.1 · 10 = 2; m = 0.5 · 1 + 0.5 · 2 = 1.5, s = 0.75 · 4 + 0.25 · 4 = 4,
 * w = 0.5 · 10 - 3 · 1.5 / (0.5 · 2 + 0.5).
 */
bool adapts(int count) {
  std::vector<float> masks = mask(count), w(count, 10), g(count, 1), m(count, 1), s(count, 4);
  launch(count, [&] {
    coppice_adam(w.data(), g.data(), m.data(), s.data(), masks.data(), count, 0.5f, 0.75f, 0.5f, 3, 0.5f, 0.1f, 0.5f);
  });
  return all("mean", m, 1.5, 0) && all("square", s, 4, 0) && all("parameter", w, 2, 0) && all("gradient", g, 0, 0);
}

}  // namespace steps

int rules() {
  int right = 0;
  for (int count : {1, 2, 31, 255, 256, 257, 1000}) {
    if (!steps::descends(count) || !steps::adapts(count)) {
      return -1;
    }
    right += 2;
  }
  return right;
}
