// Sums over the lanes of a vector; the order of the additions is fixed.
#ifndef COPPICE_SUMS_H
#define COPPICE_SUMS_H

#include "lanes/lanes.h"

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

/** The sum of each of four vectors, as the lanes of one. */
template <int W>
inline Vector<4> sums(Vector<W> a, Vector<W> b, Vector<W> c, Vector<W> d) {
  typedef int Mask __attribute__((vector_size(16)));
  Vector<4> p = quartersAdded<W>(a);
  Vector<4> q = quartersAdded<W>(b);
  Vector<4> r = quartersAdded<W>(c);
  Vector<4> s = quartersAdded<W>(d);
  Vector<4> pq = __builtin_shuffle(p, q, Mask{0, 4, 1, 5}) + __builtin_shuffle(p, q, Mask{2, 6, 3, 7});
  Vector<4> rs = __builtin_shuffle(r, s, Mask{0, 4, 1, 5}) + __builtin_shuffle(r, s, Mask{2, 6, 3, 7});
  return __builtin_shuffle(pq, rs, Mask{0, 1, 4, 5}) + __builtin_shuffle(pq, rs, Mask{2, 3, 6, 7});
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
