// Which weights of a convolution there are: for each row of blocks its entries, of h neighbouring channels each.
#ifndef COPPICE_WEIGHTS_H
#define COPPICE_WEIGHTS_H

#include <cstdint>
#include <vector>

#include "conv2d/geometry.h"

namespace coppice {

struct Weights {
  int rows;
  int height = 1;
  std::vector<int32_t> starts;
  /** Per entry its column of the matrix [rows, columns]. */
  std::vector<int32_t> columns;
  /** Per entry where its h values begin. */
  std::vector<int32_t> sources;

  int outers() const { return static_cast<int>(starts.size()) - 1; }

  /** Whether entry e's values begin at e · h, so that sources need not be looked up. */
  bool inOrder() const;

  /** The same weights one by one. */
  Weights single() const;

  /**
   * Takes blocks [height, width]; columns that reach over the matrix's edge are left out, and blocks of rows that belong
   * to several groups come one by one.
   *
   * @param blockStarts [rows of blocks + 1] and blockColumns [entries]: ascending in each row of blocks
   */
  void take(const Geometry& geometry, int height, int width, const int32_t* blockStarts, const int32_t* blockColumns);
};

}  // namespace coppice

#endif
