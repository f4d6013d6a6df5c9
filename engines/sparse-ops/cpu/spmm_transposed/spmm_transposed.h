// spmm_transposed: X = Wᵀ Y for one panel of W's columns.
//
// The index is the transpose of W's: entry e of column c stands for the h x 1 block of W whose values begin at
// values[sources[e] · h] and whose rows begin at the entry's inner times h.
// Y [rows, T] and X [panel columns, T] have the batch inside; T is the batch tile.
#ifndef COPPICE_SPMM_TRANSPOSED_H
#define COPPICE_SPMM_TRANSPOSED_H

#include "index/index.h"
#include "lanes/lanes.h"
#include "spmm/spmm.h"

namespace coppice::COPPICE_ISA {

/** x [T] (+)= the entries [from, to) of one column. H is the blocks' height, or 0 where only height tells it. */
template <int T, int H, bool ADD, class Row>
__attribute__((always_inline)) inline void columnOfEntries(const float* values, int height, const int32_t* sources,
                                                           const Row* rows, int from, int to, const float* y, float* x) {
  using S = Shape<T, 1>;
  constexpr int W = S::W;
  const int h = H > 0 ? H : height;
  for (int b = 0; b < T; b += S::Z * W) {
    Vector<W> sums[S::U][S::Z];
#pragma GCC unroll 8
    for (int u = 0; u < S::U; u++) {
#pragma GCC unroll 8
      for (int z = 0; z < S::Z; z++) {
        sums[u][z] = ADD && u == 0 ? load<W>(x + b + z * W) : zero<W>();
      }
    }
    auto addEntry = [&](int entry, auto& chain) __attribute__((always_inline)) {
      const float* row = held(y + static_cast<long>(rows[entry]) * h * T + b);
      const float* value = values + static_cast<long>(sources[entry]) * h;
      for (int i = 0; i < h; i++) {
        Vector<W> factor = broadcast<W>(value[i]);
#pragma GCC unroll 8
        for (int z = 0; z < S::Z; z++) {
          chain[z] += factor * load<W>(row + i * T + z * W);
        }
      }
    };
    int entry = from;
    for (; entry + S::U <= to; entry += S::U) {
#pragma GCC unroll 8
      for (int u = 0; u < S::U; u++) {
        addEntry(entry + u, sums[u]);
      }
    }
    for (; entry < to; entry++) {
      addEntry(entry, sums[0]);
    }
#pragma GCC unroll 8
    for (int z = 0; z < S::Z; z++) {
      Vector<W> sum = sums[0][z];
#pragma GCC unroll 8
      for (int u = 1; u < S::U; u++) {
        sum += sums[u][z];
      }
      store<W>(x + b + z * W, sum);
    }
  }
}

/** A cache line of values belongs to at least as many columns, one of which fetches it ahead; what few have is near. */
constexpr int kColumnsOnALine = 8;
constexpr int kEntriesOfFarValues = 1 << 20;

template <int T, int H, bool ADD, class Row>
inline void columnsOfTile(const Index& index, const Row* rows, int panel, int tile, const float* values, int height,
                          const float* y, float* x) {
  const int columns = index.lastOuter(panel) - index.firstOuter(panel);
  const int32_t* begins = index.begins(panel, tile);
  const int32_t* ends = index.ends(panel, tile);
  const int ahead = entriesAhead<T>(index);
  const int32_t* nextEnds = tile + 1 < index.tiles() ? index.ends(panel, tile + 1) : ends;
  for (int column = 0; column < columns; column++) {
    const int from = begins[column];
    const int to = ends[column];
    fetch(index.sources() + to, ahead);
    fetch(rows + to, ahead);
    if (ahead > 0 && index.entries() > kEntriesOfFarValues && column % kColumnsOnALine == 0) {
      for (int entry = to; entry < nextEnds[column]; entry++) {
        __builtin_prefetch(values + static_cast<long>(index.sources()[entry]) * height);
      }
    }
    if (!ADD || from < to) {
      columnOfEntries<T, H, ADD>(values, height, index.sources(), rows, from, to, y,
                                 x + static_cast<long>(column) * T);
    }
  }
}

template <int T, int H, class Row>
inline void columnsOfPanel(const Index& index, const Row* rows, int panel, const float* values, int height,
                           const float* y, float* x) {
  columnsOfTile<T, H, false>(index, rows, panel, 0, values, height, y, x);
  for (int tile = 1; tile < index.tiles(); tile++) {
    columnsOfTile<T, H, true>(index, rows, panel, tile, values, height, y, x);
  }
}

template <int T, class Row>
inline void panelTransposedProduct(const Index& index, const Row* rows, int panel, const float* values, int height,
                                   const float* y, float* x) {
  switch (height) {
    case 1:
      return columnsOfPanel<T, 1>(index, rows, panel, values, height, y, x);
    case 4:
      return columnsOfPanel<T, 4>(index, rows, panel, values, height, y, x);
    default:
      return columnsOfPanel<T, 0>(index, rows, panel, values, height, y, x);
  }
}

/** X = Wᵀ Y for the columns of a panel of the transposed index. */
template <int T>
inline void panelTransposedProduct(const Index& index, int panel, const float* values, int height, const float* y,
                                   float* x) {
  if (index.isNarrow()) {
    panelTransposedProduct<T>(index, index.narrow(), panel, values, height, y, x);
  } else {
    panelTransposedProduct<T>(index, index.wide(), panel, values, height, y, x);
  }
}

}  // namespace coppice::COPPICE_ISA

#endif
