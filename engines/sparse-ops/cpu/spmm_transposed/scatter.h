// The same product as spmm_transposed's, X = Wᵀ Y, by the rows of W, whose values then come in order: of single values
// for a small batch, of blocks of several rows for a large one.
//
// W is compressed rows of h x 1 blocks; Y [rows, T] and X [columns, T] have the batch inside.
// A column's additions go by ascending rows, however the columns are split.
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

/** The fewest examples for which the rows of a block are worth holding. */
constexpr int kLeastHeld = 32;

/** Whether a block's rows of Y are held while its values are added to the columns of X. */
template <int T>
inline bool holdsRows(int height) {
  return T >= kLeastHeld && height % 4 == 0;
}

/** Where in the ascending entries [from, to) a column's begin, or would. */
template <class Column>
inline int firstAt(const Column* columns, int from, int to, int column) {
  while (from < to) {
    const int middle = from + (to - from) / 2;
    if (static_cast<int>(columns[middle]) < column) {
      from = middle + 1;
    } else {
      to = middle;
    }
  }
  return from;
}

/** Adds R rows of the entries [from, to) times their rows of y, of Z vectors, which are held meanwhile. */
template <int T, int R, int Z, class Column>
__attribute__((always_inline)) inline void addHeldRows(const float* values, int height, const Column* columns, int from,
                                                       int to, const float* y, float* x) {
  constexpr int W = lanesOf(T);
  Vector<W> outputs[R][Z];
#pragma GCC unroll 8
  for (int r = 0; r < R; r++) {
#pragma GCC unroll 4
    for (int z = 0; z < Z; z++) {
      outputs[r][z] = load<W>(y + r * T + z * W);
    }
  }
  for (int entry = from; entry < to; entry++) {
    float* sums = x + static_cast<long>(columns[entry]) * T;
    const float* value = values + static_cast<long>(entry) * height;
    Vector<W> even[Z], odd[Z];
#pragma GCC unroll 4
    for (int z = 0; z < Z; z++) {
      even[z] = load<W>(sums + z * W);
      odd[z] = zero<W>();
    }
#pragma GCC unroll 4
    for (int r = 0; r < R; r += 2) {
      const Vector<W> first = broadcast<W>(value[r]), second = broadcast<W>(value[r + 1]);
#pragma GCC unroll 4
      for (int z = 0; z < Z; z++) {
        even[z] += first * outputs[r][z];
        odd[z] += second * outputs[r + 1][z];
      }
    }
#pragma GCC unroll 4
    for (int z = 0; z < Z; z++) {
      store<W>(sums + z * W, even[z] + odd[z]);
    }
  }
}

/** The columns [first, end) of X = Wᵀ Y, R rows of a block and Z vectors of examples at a time. */
template <int T, int R, int Z, class Column>
inline void scatterBlocks(const Index& index, const Column* columns, int first, int end, const float* values,
                          int height, const float* y, float* x) {
  for (int b = 0; b < T; b += Z * lanesOf(T)) {
    for (int outer = 0; outer < index.outers(); outer++) {
      const int from = firstAt(columns, index.start(outer), index.start(outer + 1), first);
      const int to = firstAt(columns, from, index.start(outer + 1), end);
      const float* rows = y + static_cast<long>(outer) * height * T + b;
      int row = 0;
      for (; row + R <= height; row += R) {
        addHeldRows<T, R, Z>(values + row, height, columns, from, to, rows + row * T, x + b);
      }
      if (row < height) {
        addHeldRows<T, 4, Z>(values + row, height, columns, from, to, rows + row * T, x + b);
      }
    }
  }
}

template <int T, class Column>
inline void scatterBlocks(const Index& index, const Column* columns, int first, int end, const float* values,
                          int height, const float* y, float* x) {
  constexpr int vectors = T / lanesOf(T);
  constexpr bool many = COPPICE_REGISTERS == 32;
  if (many && height >= 8) {
    scatterBlocks<T, 8, 2>(index, columns, first, end, values, height, y, x);
  } else {
    scatterBlocks<T, 4, many && vectors >= 4 ? 4 : 2>(index, columns, first, end, values, height, y, x);
  }
}

/** The columns [first, end) of X = Wᵀ Y, for blocks whose rows are held. */
template <int T>
inline void scatterBlocks(const Index& index, int first, int end, const float* values, int height, const float* y,
                          float* x) {
  for (long i = static_cast<long>(first) * T; i < static_cast<long>(end) * T; i++) {
    x[i] = 0;
  }
  if (index.isNarrow()) {
    scatterBlocks<T>(index, index.narrow(), first, end, values, height, y, x);
  } else {
    scatterBlocks<T>(index, index.wide(), first, end, values, height, y, x);
  }
}

}  // namespace coppice::COPPICE_ISA

#endif
