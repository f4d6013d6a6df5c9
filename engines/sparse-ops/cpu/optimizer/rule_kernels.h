// The update rules of rules.h, a vector at a time.
#ifndef COPPICE_RULE_KERNELS_H
#define COPPICE_RULE_KERNELS_H

#include "lanes/lanes.h"
#include "optimizer/rules.h"

namespace coppice::COPPICE_ISA {

template <int W>
inline Vector<W> squareRoot(Vector<W> vector) {
#ifdef __x86_64__
#if COPPICE_LANES == 16
  if constexpr (W == 16) {
    return _mm512_maskz_sqrt_ps(0xffff, vector);
  }
#elif COPPICE_LANES == 8
  if constexpr (W == 8) {
    return _mm256_sqrt_ps(vector);
  }
#else
  if constexpr (W == 4) {
    return _mm_sqrt_ps(vector);
  }
#endif
#endif
  float numbers[W];
  store<W>(numbers, vector);
  for (float& number : numbers) {
    number = __builtin_sqrtf(number);
  }
  return load<W>(numbers);
}

template <int W>
inline void storeMasked(const float* mask, float* to, long at, Vector<W> vector) {
  store<W>(to + at, mask != nullptr ? (load<W>(mask + at) != zero<W>() ? vector : zero<W>()) : vector);
}

struct SgdStep {
  Sgd rule;

  template <int W>
  void at(const Arrays& arrays, long i) const {
    Vector<W> w = load<W>(arrays.parameters + i);
    Vector<W> step = load<W>(arrays.gradients + i) + w * rule.decay;
    if (arrays.velocities != nullptr) {
      Vector<W> velocity = load<W>(arrays.velocities + i) * rule.momentum + step;
      storeMasked<W>(arrays.mask, arrays.velocities, i, velocity);
      step = rule.nesterov ? step + velocity * rule.momentum : velocity;
    }
    storeMasked<W>(arrays.mask, arrays.parameters, i, w - step * rule.rate);
    store<W>(arrays.gradients + i, zero<W>());
  }
};

struct AdamStep {
  Adam rule;

  template <int W>
  void at(const Arrays& arrays, long i) const {
    Vector<W> w = load<W>(arrays.parameters + i);
    Vector<W> gradient = load<W>(arrays.gradients + i) + w * rule.decay;
    Vector<W> mean = load<W>(arrays.velocities + i) * rule.beta1 + gradient * rule.meanGain;
    Vector<W> square = load<W>(arrays.squares + i) * rule.beta2 + gradient * gradient * rule.squareGain;
    storeMasked<W>(arrays.mask, arrays.velocities, i, mean);
    storeMasked<W>(arrays.mask, arrays.squares, i, square);
    Vector<W> scale = squareRoot<W>(square) * rule.rootScale + rule.epsilon;
    storeMasked<W>(arrays.mask, arrays.parameters, i, w * rule.keep - mean / scale * rule.meanScale);
    store<W>(arrays.gradients + i, zero<W>());
  }
};

/**
 * Split at whole vectors, so that each number is moved by the same instructions on any number of threads. Each thread
 * has its own copy of the rule and the pointers, which no store can change and which therefore stay in registers.
 */
template <class Step>
inline void steps(const Step step, const Arrays arrays) {
  constexpr int W = COPPICE_LANES;
  constexpr long kWorthThreads = 1 << 16;
  const long vectors = arrays.count / W;
#pragma omp parallel for firstprivate(step, arrays) if (arrays.count >= kWorthThreads)
  for (long i = 0; i < vectors; i++) {
    step.template at<W>(arrays, i * W);
  }
  for (long i = vectors * W; i < arrays.count; i++) {
    step.template at<1>(arrays, i);
  }
}

void sgd(const Sgd& rule, const Arrays& arrays) { steps(SgdStep{rule}, arrays); }

void adam(const Adam& rule, const Arrays& arrays) { steps(AdamStep{rule}, arrays); }

}  // namespace coppice::COPPICE_ISA

#endif
