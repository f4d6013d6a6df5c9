// Memory for the planes of X, one after the other, with the examples of a batch tile side by side at each position.
#ifndef COPPICE_PLANES_H
#define COPPICE_PLANES_H

#include <cstddef>

#include "conv2d/sweep.h"
#include "conv2d/tiles.h"
#include "product/scratch.h"

namespace coppice {

class Planes {
 public:
  /** Planes for batches of that tile; what is no pixel is 0 as long as only pixels are written. */
  float* of(const Sweep& sweep, const Tiles& tiles, int batchTile) {
    const std::size_t count =
        static_cast<std::size_t>(sweep.planePositions) * sweep.from.channels * batchTile + tiles.slack();
    float* floats = memory_.floats(count);
    if (batchTile_ != batchTile) {
      for (std::size_t i = 0; i < count; i++) {
        floats[i] = 0;
      }
      batchTile_ = batchTile;
    }
    return floats;
  }

 private:
  Scratch memory_;
  int batchTile_ = 0;
};

}  // namespace coppice

#endif
