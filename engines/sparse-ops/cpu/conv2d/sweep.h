// A sparse matrix swept over planes: Y[outer, i, j] = Σ value · X[shift + i · row + j] over the outer's entries.
//
// X is planes of positions: an image's pixels, padded, and where there is a stride sorted by their remainders, so that
// neighbouring outputs read neighbouring positions. Forward, an outer is a row of blocks and X the input; backward, an
// outer is the pixels of one remainder of an input channel and X the gradient of the output.
#ifndef COPPICE_SWEEP_H
#define COPPICE_SWEEP_H

#include <cstdint>
#include <vector>

#include "conv2d/geometry.h"
#include "conv2d/weights.h"
#include "index/index.h"

namespace coppice {

/** Of an output plane, the positions i < rows and j < columns are the pixels (row + i · step, column + j · step). */
struct Window {
  int row, column, rows, columns;
};

/** The images that positions are read from or written to. */
struct Image {
  int channels, height, width;

  int pixels() const { return height * width; }
};

struct Sweep {
  /** The outers by their entries; an inner is a plane of X. */
  Index index;
  /** The rows that an outer produces. */
  int height;
  /** All rows. */
  int rows;
  /** Per entry a position of X. */
  std::vector<int32_t> shifts;
  /** Per entry where its values begin; none where entry e's begin at e · height. */
  std::vector<int32_t> sources;

  Image from;
  int planePositions;
  int rowPositions;
  /** Per pixel of an image its position in the plane. */
  std::vector<int32_t> places;

  Image to;
  int step;
  /** One per plane that a channel's pixels fall into. */
  std::vector<Window> windows;
  /** The largest window's. */
  int outputRows, outputColumns;

  const int32_t* sourcesOrNull() const { return sources.empty() ? nullptr : sources.data(); }

  /** The outputs of a convolution. */
  static Sweep forward(const Geometry& geometry, const Weights& weights);

  /** The gradient of its inputs, with weights one by one. */
  static Sweep backward(const Geometry& geometry, const Weights& weights);

  /** Takes other weights of the same convolution, into the memory of those before. */
  void takeForward(const Geometry& geometry, const Weights& weights);
  void takeBackward(const Geometry& geometry, const Weights& weights);
};

}  // namespace coppice

#endif
