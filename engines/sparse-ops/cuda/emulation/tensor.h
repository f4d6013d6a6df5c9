// The instructions of device/tensor.cuh, lane by lane as their description says.
#ifndef COPPICE_EMULATED_TENSOR_H
#define COPPICE_EMULATED_TENSOR_H

#include <cstdint>
#include <cstring>

#include "emulation/cuda.h"

// At once, where the device copies by and by: a wait that is missing does not show.
inline void copyLater(void* shared, const void* from, int bytes) {
  char copied[16] = {};
  std::memcpy(copied, from, bytes);
  std::memcpy(shared, copied, sizeof copied);
}

inline void endCopies() {}

template <int Left>
void waitForCopies() {}

inline void loadMatrices(unsigned (&matrices)[4], const void* row) {
  const char* slots = emulation::block().collective(&row, sizeof row);
  int lane = emulation::block().lane();
  for (int i = 0; i < 4; i++) {
    const char* from;
    std::memcpy(&from, slots + (i * 8 + lane / 4) * emulation::Block::kSlotBytes, sizeof from);
    std::memcpy(&matrices[i], from + lane % 4 * 4, sizeof matrices[i]);
  }
}

inline void multiply(float (&sums)[4], const unsigned (&a)[4], unsigned b0, unsigned b1) {
  unsigned given[6] = {a[0], a[1], a[2], a[3], b0, b1};
  const char* slots = emulation::block().collective(given, sizeof given);
  // The number of a fragment's pair of 16-bit numbers that a lane holds.
  auto number = [&](int lane, int fragment, int which) {
    std::uint16_t pair[2];
    std::memcpy(pair, slots + lane * emulation::Block::kSlotBytes + fragment * 4, sizeof pair);
    return __uint_as_float(static_cast<unsigned>(pair[which]) << 16);
  };
  int lane = emulation::block().lane();
  for (int i = 0; i < 4; i++) {
    int row = lane / 4 + i / 2 * 8;
    int column = lane % 4 * 2 + i % 2;
    for (int k = 0; k < 16; k++) {
      float left = number(row % 8 * 4 + k % 8 / 2, row / 8 + k / 8 * 2, k % 2);
      float right = number(column * 4 + k % 8 / 2, 4 + k / 8, k % 2);
      sums[i] += left * right;
    }
  }
}

#endif
