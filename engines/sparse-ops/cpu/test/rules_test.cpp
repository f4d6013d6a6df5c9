// Steps of the update rules on arrays of every length around a vector's.
#include <cmath>
#include <cstdio>
#include <vector>

#include "abi/coppice_sparse.h"
#include "test/tests.h"

namespace {

bool all(const char* what, const std::vector<float>& numbers, double expected) {
  for (float number : numbers) {
    if (!(std::abs(number - expected) <= 1e-6)) {
      std::printf("%s of %zu is %g, not %g\n", what, numbers.size(), number, expected);
      return false;
    }
  }
  return true;
}

/** v = 0.5 · 2 + 3 + 0.1 · 10 = 5 and w = 10 - 0.1 · 5. */
bool descends(int isa, long count) {
  std::vector<float> w(count, 10), g(count, 3), v(count, 2), mask(count, 1);
  coppice_sgd(isa, w.data(), g.data(), v.data(), mask.data(), count, 0.1f, 0.5f, 0, 0.1f);
  return all("velocity", v, 5) && all("parameter", w, 9.5) && all("gradient", g, 0);
}

/** m = 0.5 · 1 + 0.5 · 2 = 1.5, s = 0.75 · 4 + 0.25 · 4 = 4, w = 10 - 3 · 1.5 / (0.5 · 2 + 0.5). */
bool adapts(int isa, long count) {
  std::vector<float> w(count, 10), g(count, 2), m(count, 1), s(count, 4);
  coppice_adam(isa, w.data(), g.data(), m.data(), s.data(), nullptr, count, 0.5, 0.75, 0.5f, 3, 0.5f, 0, 1);
  return all("mean", m, 1.5) && all("square", s, 4) && all("parameter", w, 7) && all("gradient", g, 0);
}

}  // namespace

int rules() {
  int right = 0;
  for (int isa = 0; isa < 3; isa++) {
    for (long count = 0; coppice_has_isa(isa) && count < 40; count++, right += 2) {
      if (!descends(isa, count) || !adapts(isa, count)) {
        return -1;
      }
    }
  }
  return right;
}
