// A convolution with sparse weights, readied for calls; the values come with every call.
#ifndef COPPICE_CONVOLUTION_H
#define COPPICE_CONVOLUTION_H

#include <map>
#include <optional>

#include "conv2d/geometry.h"
#include "conv2d/planes.h"
#include "conv2d/sweep.h"
#include "conv2d/tiles.h"
#include "conv2d/weights.h"
#include "product/scratch.h"

namespace coppice {

/** A sweep with its cuts and the memory of its X. */
class SweptPlanes {
 public:
  explicit SweptPlanes(Sweep sweep) : sweep_(std::move(sweep)) {}

  Sweep& sweep() { return sweep_; }

  /** Cut at the first call for a batch tile. */
  const Tiles& tiles(int batchTile, int lanes, int vectors) {
    return tiles_.try_emplace(batchTile, sweep_, batchTile, lanes, vectors).first->second;
  }

  float* planes(int batchTile) { return planes_.of(sweep_, tiles_.at(batchTile), batchTile); }

 private:
  Sweep sweep_;
  std::map<int, Tiles> tiles_;
  Planes planes_;
};

class Convolution {
 public:
  /**
   * @param rows the output channels
   * @param starts [rows of blocks + 1] and blockColumns [entries]: ascending in each row of blocks
   */
  Convolution(const Geometry& geometry, int rows, int height, int width, const int32_t* starts,
              const int32_t* blockColumns)
      : geometry_(geometry),
        height_(height),
        width_(width),
        weights_{rows, height, {}, {}, {}},
        outputs_(Sweep::forward(geometry_, take(starts, blockColumns))) {}

  /** Takes other entries, in time linear in them and into the memory of those before; an exception leaves none usable. */
  void move(const int32_t* starts, const int32_t* blockColumns) {
    outputs_.sweep().takeForward(geometry_, take(starts, blockColumns));
    areInputsReady_ = false;
  }

  /** The length of the values. */
  long values() const { return values_; }

  SweptPlanes& outputs() { return outputs_; }

  /** The gradient of the inputs, readied at the first call for these entries. */
  SweptPlanes& inputs() {
    if (!areInputsReady_) {
      if (inputs_) {
        inputs_->sweep().takeBackward(geometry_, weights_);
      } else {
        inputs_.emplace(Sweep::backward(geometry_, weights_));
      }
      areInputsReady_ = true;
    }
    return *inputs_;
  }

  Scratch panels;

 private:
  const Weights& take(const int32_t* starts, const int32_t* blockColumns) {
    weights_.take(geometry_, height_, width_, starts, blockColumns);
    values_ = static_cast<long>(starts[(weights_.rows - 1) / height_ + 1]) * height_ * width_;
    return weights_;
  }

  Geometry geometry_;
  int height_;
  int width_;
  Weights weights_;
  long values_ = 0;
  SweptPlanes outputs_;
  std::optional<SweptPlanes> inputs_;
  bool areInputsReady_ = false;
};

}  // namespace coppice

#endif
