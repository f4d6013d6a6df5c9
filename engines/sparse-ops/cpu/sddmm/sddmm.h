// sddmm: D (+)= Y Xᵀ at the entries of one panel of W's rows.
//
// D has the entries of W: entry e holds the h values from d[e · h] on, of h neighbouring rows and one column.
// Y [rows, T] and X [columns, T] have the batch inside; T is the batch tile.
#ifndef COPPICE_SDDMM_H
#define COPPICE_SDDMM_H

#include "index/index.h"
#include "lanes/lanes.h"
#include "lanes/sums.h"

namespace coppice::COPPICE_ISA {

/** The dot products of R rows of Y with one row of X, before the sum over the lanes. */
template <int T, int R>
inline void products(const float* y, const float* x, Vector<lanesOf(T)>* sums) {
  constexpr int W = lanesOf(T);
#pragma GCC unroll 16
  for (int b = 0; b < T; b += W) {
    Vector<W> input = load<W>(x + b);
#pragma GCC unroll 4
    for (int r = 0; r < R; r++) {
      Vector<W> product = load<W>(y + r * T + b) * input;
      sums[r] = b == 0 ? product : sums[r] + product;
    }
  }
}

template <int W, bool ADD>
inline void putDots(float* to, Vector<W> dots) {
  store<W>(to, ADD ? load<W>(to) + dots : dots);
}

/** D (+)= Y Xᵀ for R of the h rows of the blocks and the entries [from, to). */
template <int T, int R, bool ADD, class Column>
__attribute__((always_inline)) inline void dotsOfEntries(const Column* columns, int from, int to, const float* y, const float* x, int height,
                          float* d) {
  constexpr int W = lanesOf(T);
  constexpr int atOnce = W == 1 ? 1 : 4 / R;
  for (int entry = from; entry < to; entry += atOnce) {
    Vector<W> sums[R * atOnce];
#pragma GCC unroll 4
    for (int i = 0; i < atOnce; i++) {
      int here = entry + i < to ? entry + i : to - 1;
      products<T, R>(y, x + static_cast<long>(columns[here]) * T, sums + i * R);
    }
    if constexpr (W == 1) {
#pragma GCC unroll 4
      for (int r = 0; r < R; r++) {
        putDots<1, ADD>(d + static_cast<long>(entry) * height + r, sums[r]);
      }
    } else {
      Vector<4> dots = coppice::COPPICE_ISA::sums<W>(sums[0], sums[1], sums[2], sums[3]);
      if (height == R && entry + atOnce <= to) {
        putDots<4, ADD>(d + static_cast<long>(entry) * height, dots);
        continue;
      }
      for (int i = 0; i < atOnce && entry + i < to; i++) {
        for (int r = 0; r < R; r++) {
          putDots<1, ADD>(d + static_cast<long>(entry + i) * height + r, dots[i * R + r]);
        }
      }
    }
  }
}

template <int T, int R, bool ADD, class Column>
inline void dotsOfPanel(const Index& index, const Column* columns, int panel, int row, const float* y, const float* x,
                        int height, float* d) {
  for (int outer = index.firstOuter(panel); outer < index.lastOuter(panel); outer++) {
    dotsOfEntries<T, R, ADD>(columns, index.start(outer), index.start(outer + 1),
                             y + (static_cast<long>(outer) * height + row) * T, x, height, d + row);
  }
}

// Whole rows at a time: a dot product ends with sums over lanes, which are not worth less than four entries.
template <int T, bool ADD, class Column>
inline void panelDots(const Index& index, const Column* columns, int panel, const float* y, const float* x, int height,
                      float* d) {
  int row = 0;
  for (; row + 4 <= height; row += 4) {
    dotsOfPanel<T, 4, ADD>(index, columns, panel, row, y, x, height, d);
  }
  for (; row + 2 <= height; row += 2) {
    dotsOfPanel<T, 2, ADD>(index, columns, panel, row, y, x, height, d);
  }
  for (; row < height; row++) {
    dotsOfPanel<T, 1, ADD>(index, columns, panel, row, y, x, height, d);
  }
}

/** D (+)= Y Xᵀ at the entries of a panel of W's rows. */
template <int T, bool ADD>
inline void panelDots(const Index& index, int panel, const float* y, const float* x, int height, float* d) {
  if (index.isNarrow()) {
    panelDots<T, ADD>(index, index.narrow(), panel, y, x, height, d);
  } else {
    panelDots<T, ADD>(index, index.wide(), panel, y, x, height, d);
  }
}

}  // namespace coppice::COPPICE_ISA

#endif
