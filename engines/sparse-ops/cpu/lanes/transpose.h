// The transpose of W vectors of W floats, in registers.
#ifndef COPPICE_TRANSPOSE_H
#define COPPICE_TRANSPOSE_H

#include "lanes/lanes.h"

namespace coppice::COPPICE_ISA {

template <int W>
struct Permutation {
  typedef int type __attribute__((vector_size(W * 4)));
};

// Exchanges the off-diagonal squares of S x S numbers that two rows, S apart, have a part in.
template <int W, int S, int... L>
inline void exchange(Vector<W>& upper, Vector<W>& lower) {
  using Mask = typename Permutation<W>::type;
  constexpr Mask first = {(L & S ? L - S + W : L)...};
  constexpr Mask second = {(L & S ? L + W : L + S)...};
  Vector<W> exchanged = __builtin_shuffle(upper, lower, first);
  lower = __builtin_shuffle(upper, lower, second);
  upper = exchanged;
}

template <int W, int S>
inline void exchangeLanes(Vector<W>& upper, Vector<W>& lower) {
  if constexpr (W == 16) {
    exchange<W, S, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15>(upper, lower);
  } else if constexpr (W == 8) {
    exchange<W, S, 0, 1, 2, 3, 4, 5, 6, 7>(upper, lower);
  } else {
    exchange<W, S, 0, 1, 2, 3>(upper, lower);
  }
}

template <int W, int S = 1>
inline void transpose(Vector<W>* rows) {
  if constexpr (S < W) {
#pragma GCC unroll 16
    for (int row = 0; row < W; row++) {
      if ((row & S) == 0) {
        exchangeLanes<W, S>(rows[row], rows[row + S]);
      }
    }
    transpose<W, 2 * S>(rows);
  }
}

}  // namespace coppice::COPPICE_ISA

#endif
