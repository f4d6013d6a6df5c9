// The same product as spmm_transposed's for a small batch: X = Wᵀ Y by the rows of W, whose values then come in order.
//
// W is compressed rows of single values, cut into tiles of columns; Y [rows, T] and X [columns, T] have the batch inside.
// A column's additions go by ascending rows, however the tiles are split.
#ifndef COPPICE_SCATTER_H
#define COPPICE_SCATTER_H

#include "index/index.h"
#include "lanes/lanes.h"
#include "spmm_transposed/spmm_transposed.h"

namespace coppice::COPPICE_ISA {

/** The widest tile of the batch that can be added to, from the nearest cache. */
constexpr int kMostScattered = 16;

/** Whether columns are added to, rather than summed up one by one from values that lie far apart. */
template <int T>
inline bool scatters(const Index& index, int height) {
  return height == 1 && (T <= 4 || (T <= kMostScattered && index.entries() > kEntriesOfFarValues));
}

/** So many floats of X stay in the nearest cache beside what is read. */
constexpr int kScatteredFloats = 4096;

template <int T, class Column>
inline void scatterTiles(const Index& index, const Column* columns, int firstTile, int lastTile, const float* values,
                         const float* y, float* x) {
  constexpr int W = lanesOf(T);
  for (int panel = 0; panel < index.panels(); panel++) {
    const int32_t* begins = index.begins(panel, firstTile);
    const int32_t* ends = index.ends(panel, lastTile);
    for (int outer = index.firstOuter(panel); outer < index.lastOuter(panel); outer++) {
      Vector<W> outputs[T / W];
#pragma GCC unroll 16
      for (int z = 0; z < T / W; z++) {
        outputs[z] = load<W>(y + static_cast<long>(outer) * T + z * W);
      }
      const int to = *ends++;
      for (int entry = *begins++; entry < to; entry++) {
        float* sums = x + static_cast<long>(columns[entry]) * T;
        const Vector<W> factor = broadcast<W>(values[entry]);
#pragma GCC unroll 16
        for (int z = 0; z < T / W; z++) {
          store<W>(sums + z * W, load<W>(sums + z * W) + factor * outputs[z]);
        }
      }
    }
  }
}

/** X = Wᵀ Y for the columns of the tiles [firstTile, endTile) of W's own index. */
template <int T>
inline void scatter(const Index& index, int firstTile, int endTile, const float* values, const float* y, float* x) {
  for (long i = static_cast<long>(index.firstInner(firstTile)) * T; i < static_cast<long>(index.firstInner(endTile)) * T;
       i++) {
    x[i] = 0;
  }
  const int near = kScatteredFloats / T / index.tileInners();
  const int atOnce = near > 1 ? near : 1;
  for (int tile = firstTile; tile < endTile; tile += atOnce) {
    const int lastTile = (tile + atOnce < endTile ? tile + atOnce : endTile) - 1;
    if (index.isNarrow()) {
      scatterTiles<T>(index, index.narrow(), tile, lastTile, values, y, x);
    } else {
      scatterTiles<T>(index, index.wide(), tile, lastTile, values, y, x);
    }
  }
}

}  // namespace coppice::COPPICE_ISA

#endif
