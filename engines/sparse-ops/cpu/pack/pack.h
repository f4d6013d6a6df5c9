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

// A square of W columns and W examples, of which only the first are in the batch.
template <int T, class Filter>
inline void packSquare(const float* x, long width, int examples, Filter filter, long at, float* packed) {
  constexpr int W = lanesOf(T);
  Vector<W> rows[W];
  if (examples >= W) {
#pragma GCC unroll 16
    for (int i = 0; i < W; i++) {
      rows[i] = filter.template vector<W>(x, at + i * width);
    }
  } else {
#pragma GCC unroll 16
    for (int i = 0; i < W; i++) {
      rows[i] = i < examples ? filter.template vector<W>(x, at + i * width) : zero<W>();
    }
  }
  transpose<W>(rows);
#pragma GCC unroll 16
  for (int i = 0; i < W; i++) {
    store<W>(packed + static_cast<long>(i) * T, rows[i]);
  }
}

/**
 * packed[c · T + b] = x[b · width + c] for columns c in [from, to) and b < batch; 0 for b in [batch, T).
 */
template <int T, class Filter>
inline void pack(const float* x, long width, int batch, int from, int to, Filter filter, float* packed) {
  constexpr int W = lanesOf(T);
  const int squares = W == 1 ? from : from + (to - from) / W * W;
  if constexpr (W > 1) {
    for (int b = 0; b < T; b += W) {
      for (int c = from; c < squares; c += W) {
        packSquare<T>(x, width, batch - b, filter, b * width + c, packed + static_cast<long>(c) * T + b);
      }
    }
  }
  for (int c = squares; c < to; c++) {
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
  const int squares = W == 1 ? 0 : rows / W * W;
  if constexpr (W > 1) {
    for (int b = 0; b < batch; b += W) {
      for (int r = 0; r < squares; r += W) {
        Vector<W> shift = bias == nullptr ? zero<W>() : load<W>(bias + r);
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
            store<W>(y + (b + i) * width + r, relu ? rectified<W>(sum) : sum);
          }
        }
      }
    }
  }
  for (int r = squares; r < rows; r++) {
    float shift = bias == nullptr ? 0 : bias[r];
    for (int b = 0; b < batch; b++) {
      float sum = packed[static_cast<long>(r) * T + b] + shift;
      y[b * width + r] = relu ? rectified<1>(sum) : sum;
    }
  }
}

}  // namespace coppice::COPPICE_ISA

#endif
