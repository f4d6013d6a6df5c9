// spmm: Y = W X for one panel of W's rows.
//
// W is compressed rows of h x 1 blocks: entry e holds values[e · h ... + h) of h neighbouring rows and one column.
// X [columns, T] and Y [panel rows · h, T] have the batch inside; T is the batch tile.
#ifndef COPPICE_SPMM_H
#define COPPICE_SPMM_H

#include "index/index.h"
#include "lanes/lanes.h"

namespace coppice::COPPICE_ISA {

/** How R neighbouring rows are computed at once: Z vectors of W floats each, in U independent chains of additions. */
template <int T, int R>
struct Shape {
  static constexpr int W = lanesOf(T);
  static constexpr int vectors = T / W;
  static constexpr int most = COPPICE_REGISTERS == 32 ? (R == 1 ? 8 : 4) : (R == 1 ? 8 : R == 2 ? 4 : 2);
  static constexpr int Z = vectors < most ? vectors : most;
  // What an addition's latency needs: registers of 512 bits are added to one at a time, others two.
  static constexpr int chains = W == 16 ? 4 : 8;
  static constexpr int U = R * Z >= chains ? 1 : chains / (R * Z);
};

/** So many entries, with their values, stay in a processor's own cache. */
constexpr int kEntriesNearby = 1 << 18;

/** For a single example values and columns come from memory, faster than the processor foresees: so many ahead. */
constexpr int kFetchedAhead = 512;

/** Whether a panel is walked tile by tile; rows of a small batch are so short that the tiles would cost more. */
template <int T>
constexpr bool inTiles = T >= 32;

/** Adds an entry's R values times its row of x. */
template <int T, int R>
__attribute__((always_inline)) inline void addEntry(const float* values, const float* row,
                                                    Vector<Shape<T, R>::W> (&sums)[R][Shape<T, R>::Z]) {
  using S = Shape<T, R>;
  constexpr int W = S::W;
  if constexpr (R == 1) {
    Vector<W> factor = broadcast<W>(values[0]);
#pragma GCC unroll 8
    for (int z = 0; z < S::Z; z++) {
      sums[0][z] += factor * load<W>(row + z * W);
    }
  } else {
    Vector<W> inputs[S::Z];
#pragma GCC unroll 8
    for (int z = 0; z < S::Z; z++) {
      inputs[z] = load<W>(row + z * W);
    }
#pragma GCC unroll 8
    for (int r = 0; r < R; r++) {
      Vector<W> factor = broadcast<W>(values[r]);
#pragma GCC unroll 8
      for (int z = 0; z < S::Z; z++) {
        sums[r][z] += factor * inputs[z];
      }
    }
  }
}

/** y [R, T] (+)= the entries [from, to) of R rows; they are all of a block's rows where ALONE. */
template <int T, int R, bool ADD, bool ALONE, class Column>
__attribute__((always_inline)) inline void rowsOfEntries(const float* values, int height, const Column* columns,
                                                         int from, int to, const float* x, float* y) {
  using S = Shape<T, R>;
  constexpr int W = S::W;
  for (int b = 0; b < T; b += S::Z * W) {
    Vector<W> sums[S::U][R][S::Z];
#pragma GCC unroll 8
    for (int u = 0; u < S::U; u++) {
#pragma GCC unroll 8
      for (int r = 0; r < R; r++) {
#pragma GCC unroll 8
        for (int z = 0; z < S::Z; z++) {
          sums[u][r][z] = ADD && u == 0 ? load<W>(y + r * T + b + z * W) : zero<W>();
        }
      }
    }
    auto valuesOf = [&](int entry) { return values + static_cast<long>(entry) * (ALONE ? R : height); };
    auto rowOf = [&](int entry) { return held(x + static_cast<long>(columns[entry]) * T + b); };
    int entry = from;
    for (; entry + S::U <= to; entry += S::U) {
      if constexpr (T == 1) {
        __builtin_prefetch(valuesOf(entry) + kFetchedAhead);
        __builtin_prefetch(columns + entry + kFetchedAhead);
      }
#pragma GCC unroll 8
      for (int u = 0; u < S::U; u++) {
        addEntry<T, R>(valuesOf(entry + u), rowOf(entry + u), sums[u]);
      }
    }
    for (; entry < to; entry++) {
      addEntry<T, R>(valuesOf(entry), rowOf(entry), sums[0]);
    }
#pragma GCC unroll 8
    for (int r = 0; r < R; r++) {
#pragma GCC unroll 8
      for (int z = 0; z < S::Z; z++) {
        Vector<W> sum = sums[0][r][z];
#pragma GCC unroll 8
        for (int u = 1; u < S::U; u++) {
          sum += sums[u][r][z];
        }
        store<W>(y + r * T + b + z * W, sum);
      }
    }
  }
}

/**
 * The entries that an outer has in the next tile and that must be fetched ahead, because no processor foresees so many
 * steps at once; 0 where all are near.
 */
template <int T>
inline int entriesAhead(const Index& index) {
  const bool far = inTiles<T> && index.tiles() > 1 && index.entries() > kEntriesNearby;
  return far ? static_cast<int>(index.entries() / (static_cast<long>(index.outers()) * index.tiles())) + 16 : 0;
}

/** Fetches so many numbers from an address on; the first line of the cache is there already. */
template <class Number>
inline void fetch(const Number* from, int count) {
  for (int i = 16; i <= count; i += static_cast<int>(64 / sizeof(Number))) {
    __builtin_prefetch(from + i);
  }
}

/** The blocks of R rows of a panel, and a tile's columns. */
template <int T, int R, bool ADD, class Column>
inline void lowBlocksOfTile(const Index& index, const Column* columns, int panel, int tile, const float* values,
                            const float* x, float* y) {
  const int outers = index.lastOuter(panel) - index.firstOuter(panel);
  const int32_t* begins = index.begins(panel, tile);
  const int32_t* ends = index.ends(panel, inTiles<T> ? tile : index.tiles() - 1);
  const int ahead = R == 1 ? entriesAhead<T>(index) : 0;
  for (int outer = 0; outer < outers; outer++) {
    const int from = begins[outer];
    const int to = ends[outer];
    fetch(values + to, ahead);
    fetch(columns + to, ahead);
    if (!ADD || from < to) {
      rowsOfEntries<T, R, ADD, true>(values, R, columns, from, to, x, y + static_cast<long>(outer) * R * T);
    }
  }
}

/**
 * The blocks of a panel that are higher, and a tile's columns: each a few rows after the other, while its values are
 * near. Six rows use a load of x more often than four, and their sums still fit into 32 registers.
 */
template <int T, bool ADD, class Column>
inline void highBlocksOfTile(const Index& index, const Column* columns, int panel, int tile, const float* values,
                             int height, const float* x, float* y) {
  constexpr int most = COPPICE_REGISTERS == 32 ? 6 : 4;
  const int outers = index.lastOuter(panel) - index.firstOuter(panel);
  const int32_t* begins = index.begins(panel, tile);
  const int32_t* ends = index.ends(panel, inTiles<T> ? tile : index.tiles() - 1);
  for (int outer = 0; outer < outers; outer++) {
    const int from = begins[outer];
    const int to = ends[outer];
    float* rows = y + static_cast<long>(outer) * height * T;
    int row = 0;
    for (; height - row >= most && height - row != 8; row += most) {
      rowsOfEntries<T, most, ADD, false>(values + row, height, columns, from, to, x, rows + row * T);
    }
    for (; height - row >= 4; row += 4) {
      rowsOfEntries<T, 4, ADD, false>(values + row, height, columns, from, to, x, rows + row * T);
    }
    for (; height - row >= 2; row += 2) {
      rowsOfEntries<T, 2, ADD, false>(values + row, height, columns, from, to, x, rows + row * T);
    }
    if (height > row) {
      rowsOfEntries<T, 1, ADD, false>(values + row, height, columns, from, to, x, rows + row * T);
    }
  }
}

template <int T, bool ADD, class Column>
inline void blocksOfTile(const Index& index, const Column* columns, int panel, int tile, const float* values,
                         int height, const float* x, float* y) {
  if (height == 1) {
    lowBlocksOfTile<T, 1, ADD>(index, columns, panel, tile, values, x, y);
  } else if (height == 4) {
    lowBlocksOfTile<T, 4, ADD>(index, columns, panel, tile, values, x, y);
  } else {
    highBlocksOfTile<T, ADD>(index, columns, panel, tile, values, height, x, y);
  }
}

template <int T, class Column>
inline void panelProduct(const Index& index, const Column* columns, int panel, const float* values, int height,
                         const float* x, float* y) {
  blocksOfTile<T, false>(index, columns, panel, 0, values, height, x, y);
  for (int tile = 1; inTiles<T> && tile < index.tiles(); tile++) {
    blocksOfTile<T, true>(index, columns, panel, tile, values, height, x, y);
  }
}

/** Y = W X for the rows of a panel; rows of the last block that reach over the matrix's edge are computed too. */
template <int T>
inline void panelProduct(const Index& index, int panel, const float* values, int height, const float* x, float* y) {
  if (index.isNarrow()) {
    panelProduct<T>(index, index.narrow(), panel, values, height, x, y);
  } else {
    panelProduct<T>(index, index.wide(), panel, values, height, x, y);
  }
}

}  // namespace coppice::COPPICE_ISA

#endif
