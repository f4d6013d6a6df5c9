// Steps of the update rules against their definition in double precision, on arrays of every length around a vector's.
#include <cmath>
#include <random>
#include <string>
#include <vector>

#include "abi/coppice_sparse.h"
#include "test/numbers.h"
#include "test/tests.h"

namespace {

using Numbers = std::vector<float>;

/** Each 0 or 1. */
Numbers coins(long count) {
  std::bernoulli_distribution coin;
  Numbers numbers(count);
  for (float& number : numbers) {
    number = coin(randomNumbers()) ? 1.0f : 0.0f;
  }
  return numbers;
}

std::string text(const char* rule, int isa, long count) {
  return std::string(rule) + ", isa " + std::to_string(isa) + ", count " + std::to_string(count);
}

bool descends(int isa, long count, bool nesterov, bool hasMomentum, bool masked) {
  const float rate = 0.1f, momentum = hasMomentum ? 0.5f : 0, decay = 0.25f;
  Numbers w = normalNumbers(count), g = normalNumbers(count), v = normalNumbers(count);
  const Numbers mask = masked ? coins(count) : Numbers(count, 1);
  std::vector<double> wantedW(count), wantedV(count);
  for (long i = 0; i < count; i++) {
    const double slope = g[i] + decay * w[i];
    wantedV[i] = hasMomentum ? mask[i] * (momentum * v[i] + slope) : v[i];
    const double step = !hasMomentum ? slope : nesterov ? slope + momentum * (momentum * v[i] + slope)
                                                        : momentum * v[i] + slope;
    wantedW[i] = mask[i] * (w[i] - rate * step);
  }
  const int32_t status = coppice_sgd(isa, w.data(), g.data(), hasMomentum ? v.data() : nullptr,
                                     masked ? mask.data() : nullptr, count, rate, momentum, nesterov, decay);
  const std::string of = text("SGD", isa, count);
  return status == 0 && near("velocity", of, wantedV, v) && near("parameter", of, wantedW, w) &&
         near("gradient", of, std::vector<double>(count), g);
}

bool adapts(int isa, long count, bool masked) {
  const double beta1 = 0.5, beta2 = 0.75;
  const float epsilon = 0.5f, meanScale = 3, rootScale = 0.5f, decay = 0.25f, keep = 0.875f;
  Numbers w = normalNumbers(count), g = normalNumbers(count), m = normalNumbers(count), s = normalNumbers(count);
  const Numbers mask = masked ? coins(count) : Numbers(count, 1);
  std::vector<double> wantedW(count), wantedM(count), wantedS(count);
  for (long i = 0; i < count; i++) {
    s[i] *= s[i];
    const double slope = g[i] + decay * w[i];
    const double mean = beta1 * m[i] + (1 - beta1) * slope;
    const double square = beta2 * s[i] + (1 - beta2) * slope * slope;
    wantedM[i] = mask[i] * mean;
    wantedS[i] = mask[i] * square;
    wantedW[i] = mask[i] * (keep * w[i] - meanScale * mean / (rootScale * std::sqrt(square) + epsilon));
  }
  const int32_t status = coppice_adam(isa, w.data(), g.data(), m.data(), s.data(), masked ? mask.data() : nullptr,
                                      count, beta1, beta2, epsilon, meanScale, rootScale, decay, keep);
  const std::string of = text("Adam", isa, count);
  return status == 0 && near("mean", of, wantedM, m) && near("square", of, wantedS, s) &&
         near("parameter", of, wantedW, w) && near("gradient", of, std::vector<double>(count), g);
}

}  // namespace

int rules() {
  int right = 0;
  for (int isa = 0; isa < 3; isa++) {
    for (long count = 0; coppice_has_isa(isa) && count < 40; count++) {
      for (bool masked : {false, true}) {
        if (!descends(isa, count, false, false, masked) || !descends(isa, count, false, true, masked) ||
            !descends(isa, count, true, true, masked) || !adapts(isa, count, masked)) {
          return -1;
        }
        right += 4;
      }
    }
  }
  return right;
}
