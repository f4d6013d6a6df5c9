// spmm_lanes: y = act(W x + bias) for one panel of W's rows, where a vector holds neighbouring rows of a block.
//
// W is compressed rows of h x 1 blocks, h a multiple of the lanes W: entry e holds values[e · h ... + h).
// X [columns, T] has the batch inside, T is the batch tile; y [batch, width] has it outside.
#ifndef COPPICE_SPMM_LANES_H
#define COPPICE_SPMM_LANES_H

#include "index/index.h"
#include "lanes/lanes.h"

namespace coppice::COPPICE_ISA {

/** Where a product's rows go: y [batch, width], of which this panel has the given row as its first. */
struct Rows {
  int batch;
  const float* bias;
  bool relu;
  float* y;
  int width;
};

/** Whether multiply-adds wait for loads, of which vectors of rows need one each, and the rows of spmm half of one. */
inline bool loadsAreScarce() {
#ifdef __x86_64__
  return __builtin_cpu_is("intel");
#else
  return false;
#endif
}

/** The lanes of the vectors of rows for blocks of a height, or 0 where another kernel is faster. */
template <int T>
inline int rowLanes(int height) {
  if (COPPICE_LANES == 16 && height % 16 == 0 && !(T >= 32 && loadsAreScarce())) {
    return 16;
  }
  if (T > 4) {
    return 0;
  }
  return COPPICE_LANES >= 8 && height % 8 == 0 ? 8 : height % 4 == 0 ? 4 : 0;
}

template <int T>
constexpr int examplesAtOnce() {
  const int most = COPPICE_REGISTERS == 32 ? 16 : 8;
  return T < most ? T : most;
}

/** The first lanes of a vector in memory, the others 0. */
template <int W>
inline Vector<W> loadFirst(const float* from, int lanes) {
  if (lanes == W) {
    return load<W>(from);
  }
  float numbers[W] = {};
  __builtin_memcpy(numbers, from, lanes * sizeof(float));
  return load<W>(numbers);
}

template <int W>
inline void storeFirst(float* to, Vector<W> vector, int lanes) {
  if (lanes == W) {
    store<W>(to, vector);
  } else {
    __builtin_memcpy(to, &vector, lanes * sizeof(float));
  }
}

/**
 * The entries [from, to) of W rows from a row on, and for the examples of the tile from one on. Where FULL all of them
 * are inside of the matrix and of the batch, otherwise only the first are.
 */
template <int T, int W, bool FULL, class Column>
inline void lanesOfEntries(const float* values, int height, const Column* columns, int from, int to, const float* x,
                           int row, int example, const Rows& rows) {
  constexpr int N = examplesAtOnce<T>();
  constexpr int U = 8 / N > 1 ? 8 / N : 1;
  const int inside = FULL || rows.width - row > W ? W : rows.width - row;
  const int examples = FULL || rows.batch - example > N ? N : rows.batch - example;
  const Vector<W> shift = rows.bias == nullptr ? zero<W>() : loadFirst<W>(rows.bias + row, inside);
  Vector<W> sums[U][N];
#pragma GCC unroll 8
  for (int u = 0; u < U; u++) {
#pragma GCC unroll 16
    for (int n = 0; n < N; n++) {
      sums[u][n] = u == 0 ? shift : zero<W>();
    }
  }
  auto addEntry = [&](int entry, Vector<W>* chain) __attribute__((always_inline)) {
    const float* inputs = held(x + static_cast<long>(columns[entry]) * T + example);
    const Vector<W> factors = load<W>(values + static_cast<long>(entry) * height);
#pragma GCC unroll 16
    for (int n = 0; n < N; n++) {
      chain[n] += factors * broadcast<W>(inputs[n]);
    }
  };
  int entry = from;
  for (; entry + U <= to; entry += U) {
#pragma GCC unroll 8
    for (int u = 0; u < U; u++) {
      addEntry(entry + u, sums[u]);
    }
  }
  for (; entry < to; entry++) {
    addEntry(entry, sums[0]);
  }
  float* y = rows.y + static_cast<long>(example) * rows.width + row;
#pragma GCC unroll 16
  for (int n = 0; n < N; n++) {
    Vector<W> sum = sums[0][n];
#pragma GCC unroll 8
    for (int u = 1; u < U; u++) {
      sum += sums[u][n];
    }
    if (n < examples) {
      storeFirst<W>(y + static_cast<long>(n) * rows.width, rows.relu ? rectified<W>(sum) : sum, inside);
    }
  }
}

template <int T, int W, class Column>
inline void lanesOfPanel(const Index& index, const Column* columns, int panel, const float* values, int height,
                         const float* x, const Rows& rows) {
  constexpr int N = examplesAtOnce<T>();
  for (int example = 0; example < rows.batch; example += N) {
    for (int outer = index.firstOuter(panel); outer < index.lastOuter(panel); outer++) {
      for (int block = 0; block < height && outer * height + block < rows.width; block += W) {
        const int row = outer * height + block;
        const bool full = row + W <= rows.width && example + N <= rows.batch;
        (full ? lanesOfEntries<T, W, true, Column> : lanesOfEntries<T, W, false, Column>)(
            values + block, height, columns, index.start(outer), index.start(outer + 1), x, row, example, rows);
      }
    }
  }
}

/** The rows of a panel, for blocks whose height has row lanes. */
template <int T, int W>
inline void panelLanes(const Index& index, int panel, const float* values, int height, const float* x,
                       const Rows& rows) {
  if (index.isNarrow()) {
    lanesOfPanel<T, W>(index, index.narrow(), panel, values, height, x, rows);
  } else {
    lanesOfPanel<T, W>(index, index.wide(), panel, values, height, x, rows);
  }
}

}  // namespace coppice::COPPICE_ISA

#endif
