// Vectors of W floats, written once and compiled for each instruction set.
// COPPICE_ISA names the namespace, COPPICE_LANES the floats of the widest register, COPPICE_REGISTERS their number.
#ifndef COPPICE_LANES_H
#define COPPICE_LANES_H

namespace coppice::COPPICE_ISA {

template <int W>
struct Lanes {
  typedef float type __attribute__((vector_size(W * 4)));
};

template <>
struct Lanes<1> {
  using type = float;
};

template <int W>
using Vector = typename Lanes<W>::type;

template <int W>
inline Vector<W> load(const float* from) {
  Vector<W> vector;
  __builtin_memcpy(&vector, from, sizeof vector);
  return vector;
}

template <int W>
inline void store(float* to, Vector<W> vector) {
  __builtin_memcpy(to, &vector, sizeof vector);
}

template <int W>
inline Vector<W> zero() {
  return Vector<W>{};
}

/** The same address, which the compiler must hold as one number: loads from a sum of two take longer. */
inline const float* held(const float* address) {
  asm("" : "+r"(address));
  return address;
}

/** Every lane is the number. */
template <int W>
inline Vector<W> broadcast(float number) {
  return number - Vector<W>{};
}

/** max(0, ·), where what is no number stays none. */
template <int W>
inline Vector<W> rectified(Vector<W> vector) {
  return vector < zero<W>() ? zero<W>() : vector;
}

/** The widest vector that a tile of this many batch columns fills. */
constexpr int lanesOf(int batchTile) { return batchTile < COPPICE_LANES ? batchTile : COPPICE_LANES; }

}  // namespace coppice::COPPICE_ISA

#endif
