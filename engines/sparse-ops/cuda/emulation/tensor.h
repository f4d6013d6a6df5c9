// The instructions of device/tensor.cuh, lane by lane as their description says.
#ifndef COPPICE_EMULATED_TENSOR_H
#define COPPICE_EMULATED_TENSOR_H

#include <stdint.h>
#include <string.h>

#include "emulation/cuda.h"

// At once, where the device copies by and by: a wait that is missing does not show.
inline void copyLater(void* shared, const void* from, int bytes) {
  char copied[16] = {};
  memcpy(copied, from, bytes);
  memcpy(shared, copied, sizeof copied);
}

inline void endCopies() {}

template <int Left>
void waitForCopies() {}

inline void loadMatrices(unsigned (&matrices)[4], const void* row) {
  const char* slots = emulation::collective(&row, sizeof row);
  int lane = emulation::lane();
  for (int i = 0; i < 4; i++) {
    const char* from;
    memcpy(&from, slots + (i * 8 + lane / 4) * emulation::kSlotBytes, sizeof from);
    memcpy(&matrices[i], from + lane % 4 * 4, sizeof matrices[i]);
  }
}

/** The number of a pair of 16-bit numbers that a lane shows at a place. */
inline float shownNumber(const char* slots, int lane, int place, int which) {
  uint16_t pair[2];
  memcpy(pair, slots + lane * emulation::kSlotBytes + place * 4, sizeof pair);
  return __uint_as_float(static_cast<unsigned>(pair[which]) << 16);
}

/** Number [row, k] of fragments a that lanes show from place 0 on, of 16 × 16 numbers. */
inline float shownLeft(const char* slots, int row, int k) {
  return shownNumber(slots, row % 8 * 4 + k % 8 / 2, row / 8 + k / 8 * 2, k % 2);
}

/** Number [k, column] of fragments b that lanes show from place 4 on. */
inline float shownRight(const char* slots, int k, int column) {
  return shownNumber(slots, column * 4 + k % 8 / 2, 4 + k / 8, k % 2);
}

inline void multiply(float (&sums)[4], const unsigned (&a)[4], unsigned b0, unsigned b1) {
  unsigned shown[6] = {a[0], a[1], a[2], a[3], b0, b1};
  const char* slots = emulation::collective(shown, sizeof shown);
  int lane = emulation::lane();
  for (int i = 0; i < 4; i++) {
    for (int k = 0; k < 16; k++) {
      sums[i] += shownLeft(slots, lane / 4 + i / 2 * 8, k) * shownRight(slots, k, lane % 4 * 2 + i % 2);
    }
  }
}

inline void multiplySparse(float (&sums)[4], const unsigned (&a)[4], const unsigned (&b)[4], unsigned kept) {
  unsigned shown[9] = {a[0], a[1], a[2], a[3], b[0], b[1], b[2], b[3], kept};
  const char* slots = emulation::collective(shown, sizeof shown);
  int lane = emulation::lane();
  for (int i = 0; i < 4; i++) {
    int row = lane / 4 + i / 2 * 8;
    for (int k = 0; k < 16; k++) {
      unsigned places;
      memcpy(&places, slots + (row % 8 * 4 + k / 8) * emulation::kSlotBytes + 8 * 4, sizeof places);
      int column = k / 2 * 4 + (places >> (row / 8 * 16 + k % 8 * 2) & 3);
      sums[i] += shownLeft(slots, row, k) * shownRight(slots, column, lane % 4 * 2 + i % 2);
    }
  }
}

#endif
