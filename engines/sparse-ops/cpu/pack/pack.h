// Between rows of a batch, x [batch, width], and tiles with the features outside, packed [width, T].
#ifndef COPPICE_PACK_H
#define COPPICE_PACK_H

#include "lanes/transpose.h"

namespace coppice::COPPICE_ISA {

/** What of a number is packed. */
struct AsIs {
  template <int W>
  Vector<W> vector(const float* from, long at) const {
    return load<W>(from + at);
  }
};

/** Only where the ReLU's output is above 0; 0 elsewhere. */
struct WhereAboveZero {
  const float* outputs;

  template <int W>
  Vector<W> vector(const float* from, long at) const {
    Vector<W> number = load<W>(from + at);
    return load<W>(outputs + at) > zero<W>() ? number : zero<W>();
  }
};

/**
 * packed[c · T + b] = x[b · width + c] for columns c in [from, to) and b < batch; 0 for b in [batch, T).
 */
template <int T, class Filter>
inline void pack(const float* x, long width, int batch, int from, int to, Filter filter, float* packed) {
  constexpr int W = lanesOf(T);
  int c = from;
  if constexpr (W > 1) {
    for (; c + W <= to; c += W) {
      for (int b = 0; b < T; b += W) {
        Vector<W> rows[W];
#pragma GCC unroll 16
        for (int i = 0; i < W; i++) {
          rows[i] = b + i < batch ? filter.template vector<W>(x, (b + i) * width + c) : zero<W>();
        }
        transpose<W>(rows);
#pragma GCC unroll 16
        for (int i = 0; i < W; i++) {
          store<W>(packed + static_cast<long>(c + i) * T + b, rows[i]);
        }
      }
    }
  }
  for (; c < to; c++) {
    for (int b = 0; b < T; b++) {
      packed[static_cast<long>(c) * T + b] = b < batch ? filter.template vector<1>(x, b * width + c) : 0;
    }
  }
}

/**
 * y[b · width + r] = act(packed[r · T + b] + bias[r]) for r < rows and b < batch; bias may be null, act is max(0, ·)
 * or nothing.
 */
template <int T>
inline void unpack(const float* packed, int rows, int batch, const float* bias, bool relu, float* y, long width) {
  constexpr int W = lanesOf(T);
  int r = 0;
  if constexpr (W > 1) {
    for (; r + W <= rows; r += W) {
      Vector<W> shift = bias == nullptr ? zero<W>() : load<W>(bias + r);
      for (int b = 0; b < batch; b += W) {
        Vector<W> columns[W];
#pragma GCC unroll 16
        for (int i = 0; i < W; i++) {
          columns[i] = load<W>(packed + static_cast<long>(r + i) * T + b);
        }
        transpose<W>(columns);
#pragma GCC unroll 16
        for (int i = 0; i < W; i++) {
          if (b + i < batch) {
            Vector<W> sum = columns[i] + shift;
            store<W>(y + (b + i) * width + r, relu ? (sum < zero<W>() ? zero<W>() : sum) : sum);
          }
        }
      }
    }
  }
  for (; r < rows; r++) {
    float shift = bias == nullptr ? 0 : bias[r];
    for (int b = 0; b < batch; b++) {
      float sum = packed[static_cast<long>(r) * T + b] + shift;
      y[b * width + r] = relu && sum < 0 ? 0 : sum;
    }
  }
}

}  // namespace coppice::COPPICE_ISA

#endif
