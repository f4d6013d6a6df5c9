// sddmm: D (+)= Y Xᵀ at the entries of one panel of W's rows.
//
// D has the entries of W: entry e holds the h values from d[e · h] on, of h neighbouring rows and one column.
// Y [rows, T] and X [columns, T] have the batch inside; T is the batch tile.
#ifndef COPPICE_SDDMM_H
#define COPPICE_SDDMM_H

#include "index/index.h"
#include "lanes/lanes.h"
#include "lanes/sums.h"
#include "spmm/spmm.h"

namespace coppice::COPPICE_ISA {

/** R rows of Y, in registers where there are enough of them. */
template <int T, int R>
class RowsOfY {
 public:
  static constexpr int W = lanesOf(T);
  static constexpr int vectors = T / W;

  explicit RowsOfY(const float* y) : y_(y) {
    if constexpr (fit) {
#pragma GCC unroll 16
      for (int i = 0; i < R * vectors; i++) {
        held_[i] = load<W>(y + i * W);
      }
    }
  }

  /** Their dot products with a row of X, before the sum over the lanes. */
  __attribute__((always_inline)) void multiply(const float* x, Vector<W>* sums) const {
#pragma GCC unroll 16
    for (int i = 0; i < vectors; i++) {
      Vector<W> input = load<W>(x + i * W);
#pragma GCC unroll 4
      for (int r = 0; r < R; r++) {
        Vector<W> product = row(r * vectors + i) * input;
        sums[r] = i == 0 ? product : sums[r] + product;
      }
    }
  }

 private:
  static constexpr bool fit = R * vectors <= COPPICE_REGISTERS / 2;

  Vector<W> row(int i) const {
    if constexpr (fit) {
      return held_[i];
    } else {
      return load<W>(y_ + i * W);
    }
  }

  const float* y_;
  Vector<W> held_[fit ? R * vectors : 1];
};

template <int W, bool ADD>
inline void putDots(float* to, Vector<W> dots) {
  store<W>(to, ADD ? load<W>(to) + dots : dots);
}

/** A vector whose lane i is a part of the dot product i modulo E R, of E entries with R rows each. */
template <int W, int R, int E, class Entry>
__attribute__((always_inline)) inline Vector<W> dots(int first, const Entry& multiply) {
  if constexpr (E == 1) {
    Vector<W> sums[R];
    multiply(first, sums);
    return lanesMerged<W, R>(0, [&](int row) __attribute__((always_inline)) { return sums[row]; });
  } else {
    Vector<W> lower = dots<W, R, E / 2>(first, multiply);
    return merged<W, R * E / 2>(lower, dots<W, R, E / 2>(first + E / 2, multiply));
  }
}

/** Puts the dot products of so many entries with R rows each to the first R of the entries' h places. */
template <int R, bool ADD, int W>
__attribute__((always_inline)) inline void putEntries(float* to, int height, Vector<W> dots, int entries) {
  if (height == R && entries == W / R) {
    return putDots<W, ADD>(to, dots);
  }
  float each[W];
  store<W>(each, dots);
  for (int i = 0; i < entries; i++) {
    putDots<R, ADD>(to + static_cast<long>(i) * height, load<R>(each + i * R));
  }
}

/** D (+)= Y Xᵀ for R of the h rows of the blocks and the entries [from, to). */
template <int T, int R, bool ADD, class Column>
__attribute__((always_inline)) inline void dotsOfEntries(const Column* columns, int from, int to, const float* y,
                                                         const float* x, int height, float* d) {
  constexpr int W = lanesOf(T);
  const RowsOfY<T, R> rows(y);
  auto multiply = [&](int entry, Vector<W>* sums) __attribute__((always_inline)) {
    rows.multiply(held(x + static_cast<long>(columns[entry]) * T), sums);
  };
  int entry = from;
  if constexpr (W == 1) {
    for (; entry < to; entry++) {
      float sums[R];
      multiply(entry, sums);
      for (int r = 0; r < R; r++) {
        putDots<1, ADD>(d + static_cast<long>(entry) * height + r, sums[r]);
      }
    }
  } else {
    constexpr int many = W / R;
    for (; entry + many <= to; entry += many) {
      putEntries<R, ADD, W>(d + static_cast<long>(entry) * height, height, dots<W, R, many>(entry, multiply), many);
    }
    // The rest by fours, of which the last entry fills up what is missing.
    constexpr int few = 4 / R;
    for (; entry < to; entry += few) {
      auto least = [&](int here, Vector<W>* sums) __attribute__((always_inline)) {
        multiply(here < to ? here : to - 1, sums);
      };
      putEntries<R, ADD, 4>(d + static_cast<long>(entry) * height, height,
                            quartersAdded<W>(dots<W, R, few>(entry, least)), entry + few < to ? few : to - entry);
    }
  }
}

template <int T, int R, bool ADD, class Column>
inline void dotsOfTiles(const Index& index, const Column* columns, int panel, int tile, int lastTile, int row, const float* y,
                       const float* x, int height, float* d) {
  const int32_t* begins = index.begins(panel, tile);
  const int32_t* ends = index.ends(panel, lastTile);
  const int ahead = entriesAhead<T>(index);
  for (int outer = index.firstOuter(panel); outer < index.lastOuter(panel); outer++) {
    const int from = *begins++;
    const int to = *ends++;
    fetch(d + to, ahead);
    fetch(columns + to, ahead);
    dotsOfEntries<T, R, ADD>(columns, from, to, y + (static_cast<long>(outer) * height + row) * T, x, height, d + row);
  }
}

/** Dot products end with sums over lanes, four at a time, which a visit with few entries spends in vain. */
constexpr int kEntriesWorthAVisit = 12;

template <int T, bool ADD, class Column>
inline void panelDots(const Index& index, const Column* columns, int panel, const float* y, const float* x, int height,
                      float* d) {
  const long visits = static_cast<long>(index.outers()) * index.tiles();
  const int atOnce = inTiles<T> && index.entries() > kEntriesWorthAVisit * visits ? 1 : index.tiles();
  for (int tile = 0; tile < index.tiles(); tile += atOnce) {
    const int last = tile + atOnce - 1;
    int row = 0;
    for (; row + 4 <= height; row += 4) {
      dotsOfTiles<T, 4, ADD>(index, columns, panel, tile, last, row, y, x, height, d);
    }
    for (; row + 2 <= height; row += 2) {
      dotsOfTiles<T, 2, ADD>(index, columns, panel, tile, last, row, y, x, height, d);
    }
    for (; row < height; row++) {
      dotsOfTiles<T, 1, ADD>(index, columns, panel, tile, last, row, y, x, height, d);
    }
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
