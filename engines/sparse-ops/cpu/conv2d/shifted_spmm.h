// shifted_spmm: Y = W X for one panel of a sweep's outers and one tile of its planes.
//
// Y [panel rows, S · C · W] is kept between the runs of planes that the index is cut into.
#ifndef COPPICE_SHIFTED_SPMM_H
#define COPPICE_SHIFTED_SPMM_H

#include "conv2d/sweep.h"
#include "lanes/lanes.h"

namespace coppice::COPPICE_ISA {

/** The vectors of sums that registers hold beside an input and a factor. */
constexpr int kTileVectors = COPPICE_REGISTERS == 32 ? 16 : 8;

/** A call's values and where they meet x, which begins at the tile's origin. */
struct SweptValues {
  const Sweep& sweep;
  const float* values;
  const float* x;
  int T;
  long rowFloats;
};

/** What begins and ends the sums of a row. */
struct Ends {
  const float* bias;
  bool relu;
};

/** y [R, tile floats] (+)= the entries [from, to) of R rows, from the given one of a block on, on a part of the tile. */
template <int R, int S, int C, bool SOURCES>
__attribute__((always_inline)) inline void partOfTile(const SweptValues& v, int from, int to, int row, const float* x,
                                                      int tileFloats, float* y, bool first, const float (&bias)[4],
                                                      bool rectify) {
  constexpr int W = COPPICE_LANES;
  const int height = v.sweep.height;
  const int32_t* shifts = v.sweep.shifts.data();
  const int32_t* sources = v.sweep.sources.data();
  const float* values = v.values + row;
  const long T = v.T;
  const long rowFloats = v.rowFloats;
  Vector<W> sums[R][S][C];
#pragma GCC unroll 4
  for (int r = 0; r < R; r++) {
#pragma GCC unroll 4
    for (int s = 0; s < S; s++) {
#pragma GCC unroll 16
      for (int c = 0; c < C; c++) {
        sums[r][s][c] = first ? broadcast<W>(bias[r]) : load<W>(y + r * tileFloats + (s * C + c) * W);
      }
    }
  }
  for (int entry = from; entry < to; entry++) {
    const float* input = x + shifts[entry] * T;
    const float* value = values + (SOURCES ? static_cast<long>(sources[entry]) : static_cast<long>(entry) * height);
    Vector<W> factors[R];
#pragma GCC unroll 4
    for (int r = 0; r < R; r++) {
      factors[r] = broadcast<W>(value[r]);
    }
#pragma GCC unroll 4
    for (int s = 0; s < S; s++) {
#pragma GCC unroll 16
      for (int c = 0; c < C; c++) {
        const Vector<W> numbers = load<W>(input + s * rowFloats + c * W);
#pragma GCC unroll 4
        for (int r = 0; r < R; r++) {
          sums[r][s][c] += factors[r] * numbers;
        }
      }
    }
  }
#pragma GCC unroll 4
  for (int r = 0; r < R; r++) {
#pragma GCC unroll 4
    for (int s = 0; s < S; s++) {
#pragma GCC unroll 16
      for (int c = 0; c < C; c++) {
        store<W>(y + r * tileFloats + (s * C + c) * W, rectify ? rectified<W>(sums[r][s][c]) : sums[r][s][c]);
      }
    }
  }
}

/** R rows of a block on the whole tile; as many of its vectors at once as registers hold. */
template <int R, int S, int C, bool SOURCES>
inline void rowsOfTile(const SweptValues& v, int from, int to, int outer, int row, float* y, bool first, bool last,
                       const Ends& ends) {
  constexpr int W = COPPICE_LANES;
  constexpr int floats = S * C * W;
  float bias[4] = {};
  for (int r = 0; first && ends.bias != nullptr && r < R; r++) {
    const int here = outer * v.sweep.height + row + r;
    bias[r] = here < v.sweep.rows ? ends.bias[here] : 0;
  }
  const bool rectify = last && ends.relu;
  constexpr int most = kTileVectors / R;
  if constexpr (S * C <= most) {
    partOfTile<R, S, C, SOURCES>(v, from, to, row, v.x, floats, y, first, bias, rectify);
  } else if constexpr (C <= most) {
    constexpr int rows = most / C;
    for (int s = 0; s < S; s += rows) {
      partOfTile<R, rows, C, SOURCES>(v, from, to, row, v.x + s * v.rowFloats, floats, y + s * C * W, first, bias,
                                      rectify);
    }
  } else {
    for (int s = 0; s < S; s++) {
      for (int c = 0; c < C; c += most) {
        partOfTile<R, 1, most, SOURCES>(v, from, to, row, v.x + s * v.rowFloats + c * W, floats, y + (s * C + c) * W,
                                        first, bias, rectify);
      }
    }
  }
}

inline void prefetchLines(const void* from, const void* to) {
  for (const char* line = static_cast<const char*>(from); line < static_cast<const char*>(to); line += 64) {
    __builtin_prefetch(line);
  }
}

/** The outers of a panel; y [panel outers · height, S · C · W]. */
template <int S, int C, bool SOURCES>
inline void panelOfTile(const SweptValues& v, int panel, const Ends& ends, float* y) {
  constexpr int floats = S * C * COPPICE_LANES;
  const Index& index = v.sweep.index;
  const int height = v.sweep.height;
  const int firstOuter = index.firstOuter(panel);
  const int lastOuter = index.lastOuter(panel);
  for (int tile = 0; tile < index.tiles(); tile++) {
    const bool first = tile == 0;
    const bool last = tile == index.tiles() - 1;
    const int32_t* entryBegins = index.begins(panel, tile);
    const int32_t* entryEnds = index.ends(panel, tile);
    for (int outer = firstOuter; outer < lastOuter; outer++) {
      const int from = entryBegins[outer - firstOuter];
      const int to = entryEnds[outer - firstOuter];
      if (outer + 1 < lastOuter) {
        const int next = entryBegins[outer + 1 - firstOuter];
        const int end = entryEnds[outer + 1 - firstOuter];
        prefetchLines(v.sweep.shifts.data() + next, v.sweep.shifts.data() + end);
        if (!SOURCES) {
          prefetchLines(v.values + static_cast<long>(next) * height, v.values + static_cast<long>(end) * height);
        }
      }
      if (from == to && !first && !(last && ends.relu)) {
        continue;
      }
      float* rows = y + static_cast<long>(outer - firstOuter) * height * floats;
      int row = 0;
      for (; row + 4 <= height; row += 4) {
        rowsOfTile<4, S, C, SOURCES>(v, from, to, outer, row, rows + row * floats, first, last, ends);
      }
      for (; row < height; row++) {
        rowsOfTile<1, S, C, SOURCES>(v, from, to, outer, row, rows + row * floats, first, last, ends);
      }
    }
  }
}

}  // namespace coppice::COPPICE_ISA

#endif
