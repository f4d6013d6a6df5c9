// shifted_sddmm: D += Y · X at the entries of one panel of a sweep's outers, summed over one tile of its planes.
//
// Y [panel rows, S · C · W] are the gradients of the tile's outputs.
#ifndef COPPICE_SHIFTED_SDDMM_H
#define COPPICE_SHIFTED_SDDMM_H

#include "conv2d/shifted_spmm.h"
#include "conv2d/sweep.h"
#include "lanes/lanes.h"
#include "lanes/sums.h"

namespace coppice::COPPICE_ISA {

/** d[source + row] += the row's dot products at the entries [from, to). */
template <int S, int C>
inline void dotsOfRow(const SweptValues& v, int from, int to, int row, const float* y, float* d) {
  constexpr int W = COPPICE_LANES;
  constexpr int atOnce = 4;
  const int32_t* shifts = v.sweep.shifts.data();
  const int32_t* sources = v.sweep.sourcesOrNull();
  const long T = v.T;
  const long rowFloats = v.rowFloats;
  const int height = v.sweep.height;
  Vector<W> gradients[S][C];
#pragma GCC unroll 4
  for (int s = 0; s < S; s++) {
#pragma GCC unroll 16
    for (int c = 0; c < C; c++) {
      gradients[s][c] = load<W>(y + (s * C + c) * W);
    }
  }
  for (int entry = from; entry < to; entry += atOnce) {
    const float* inputs[atOnce];
    Vector<W> dots[atOnce];
#pragma GCC unroll 4
    for (int k = 0; k < atOnce; k++) {
      inputs[k] = v.x + shifts[entry + k < to ? entry + k : to - 1] * T;
      dots[k] = zero<W>();
    }
#pragma GCC unroll 4
    for (int s = 0; s < S; s++) {
#pragma GCC unroll 16
      for (int c = 0; c < C; c++) {
#pragma GCC unroll 4
        for (int k = 0; k < atOnce; k++) {
          dots[k] += gradients[s][c] * load<W>(inputs[k] + s * rowFloats + c * W);
        }
      }
    }
    const Vector<4> total =
        quartersAdded<W>(lanesMerged<W, atOnce>(0, [&](int k) __attribute__((always_inline)) { return dots[k]; }));
    if (sources == nullptr && height == 1 && entry + atOnce <= to) {
      store<4>(d + entry, load<4>(d + entry) + total);
      continue;
    }
    for (int k = 0; k < atOnce && entry + k < to; k++) {
      const long at = sources == nullptr ? static_cast<long>(entry + k) * height : sources[entry + k];
      d[at + row] += total[k];
    }
  }
}

/** The outers of a panel; y [panel outers · height, S · C · W]. */
template <int S, int C>
inline void dotsOfPanel(const SweptValues& v, int panel, const float* y, float* d) {
  constexpr int floats = S * C * COPPICE_LANES;
  const Index& index = v.sweep.index;
  const int height = v.sweep.height;
  const int firstOuter = index.firstOuter(panel);
  const int lastOuter = index.lastOuter(panel);
  for (int tile = 0; tile < index.tiles(); tile++) {
    const int32_t* begins = index.begins(panel, tile);
    const int32_t* ends = index.ends(panel, tile);
    for (int i = 0; i < lastOuter - firstOuter; i++) {
      for (int row = 0; row < height && (firstOuter + i) * height + row < v.sweep.rows; row++) {
        dotsOfRow<S, C>(v, begins[i], ends[i], row, y + (static_cast<long>(i) * height + row) * floats, d);
      }
    }
  }
}

}  // namespace coppice::COPPICE_ISA

#endif
