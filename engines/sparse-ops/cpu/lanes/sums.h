// Sums over the lanes of a vector; the order of the additions is fixed.
#ifndef COPPICE_SUMS_H
#define COPPICE_SUMS_H

#include "lanes/lanes.h"
#include "lanes/transpose.h"

namespace coppice::COPPICE_ISA {

template <int W>
inline Vector<W / 2> halvesAdded(Vector<W> vector) {
  Vector<W / 2> halves[2];
  __builtin_memcpy(halves, &vector, sizeof vector);
  return halves[0] + halves[1];
}

template <int W>
inline Vector<4> quartersAdded(Vector<W> vector) {
  if constexpr (W == 4) {
    return vector;
  } else {
    return quartersAdded<W / 2>(halvesAdded<W>(vector));
  }
}

/** The sums of pairs of lanes S apart: of a's where a lane's number lacks S, otherwise of b's. */
template <int S, int... L>
inline auto pairsAdded(Vector<sizeof...(L)> a, Vector<sizeof...(L)> b, std::integer_sequence<int, L...>) {
  constexpr int W = sizeof...(L);
  using Mask = typename Permutation<W>::type;
  constexpr Mask own = {(L & S ? L + W : L)...};
  constexpr Mask others = {(L & S ? L - S + W : L + S)...};
  return __builtin_shuffle(a, b, own) + __builtin_shuffle(a, b, others);
}

/** Of two vectors whose lane i is a part of the sum i modulo N, the one whose lane i is of the sum i modulo 2 N. */
template <int W, int N>
inline Vector<W> merged(Vector<W> a, Vector<W> b) {
  return pairsAdded<N>(a, b, std::make_integer_sequence<int, W>{});
}

/** A vector whose lane i is a part of the sum of vector i modulo N; vectors(i) gives them. */
template <int W, int N, class Vectors>
__attribute__((always_inline)) inline Vector<W> lanesMerged(int first, const Vectors& vectors) {
  if constexpr (N == 1) {
    return vectors(first);
  } else {
    Vector<W> lower = lanesMerged<W, N / 2>(first, vectors);
    return merged<W, N / 2>(lower, lanesMerged<W, N / 2>(first + N / 2, vectors));
  }
}

template <int W>
inline float sum(Vector<W> vector) {
  if constexpr (W == 1) {
    return vector;
  } else {
    Vector<4> quarter = quartersAdded<W>(vector);
    return (quarter[0] + quarter[2]) + (quarter[1] + quarter[3]);
  }
}

}  // namespace coppice::COPPICE_ISA

#endif
