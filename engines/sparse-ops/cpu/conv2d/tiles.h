// An output plane cut into tiles that registers hold: S rows of C vectors each.
#ifndef COPPICE_TILES_H
#define COPPICE_TILES_H

#include <vector>

#include "conv2d/sweep.h"

namespace coppice {

/** Positions of a tile from one on, and the pixels, a step apart, that they are. */
struct Run {
  int position, pixel, length;
};

/** Rows of vectors. */
struct TileShape {
  int rows, vectors;
};

class Tiles {
 public:
  /**
   * @param batchTile the examples that lie side by side at a position, a divisor of the lanes
   * @param lanes the floats of a vector
   * @param vectors the most of a tile
   */
  Tiles(const Sweep& sweep, int batchTile, int lanes, int vectors);

  TileShape shape() const { return shape_; }

  /** The floats between a tile's rows in X. */
  long rowFloats() const { return rowFloats_; }

  int count() const { return static_cast<int>(origins_.size()); }

  /** Where in a plane the tile reads, for a shift of 0. */
  long origin(int tile) const { return origins_[tile]; }

  /** The floats that a tile may read behind the last plane. */
  long slack() const;

  /** What is inside of the images, for the planes of one window. */
  const Run* runs(int tile, int window) const { return runs_.data() + runStarts_[tile * windows_ + window]; }
  const Run* endOfRuns(int tile, int window) const { return runs_.data() + runStarts_[tile * windows_ + window + 1]; }

 private:
  void choose(const Sweep& sweep, int vectors);
  void add(const Sweep& sweep, const Window& window, int firstRow, int firstPosition);

  int batchTile_;
  int lanes_;
  int windows_;
  TileShape shape_{1, 1};
  bool flat_ = false;
  long rowFloats_;
  std::vector<long> origins_;
  std::vector<Run> runs_;
  std::vector<int> runStarts_{0};
};

}  // namespace coppice

#endif
