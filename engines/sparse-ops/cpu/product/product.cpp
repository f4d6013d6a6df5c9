#include "product/product.h"

#include <vector>

#include "product/tiling.h"

namespace coppice {

static int covering(int whole, int part) { return (whole - 1) / part + 1; }

Product::Product(int rows, int columns, int height, int width, const int32_t* starts, const int32_t* blockColumns)
    : rows_(rows),
      columns_(columns),
      height_(height),
      width_(width),
      byRow_(covering(rows, height), covering(columns, width) * width),
      byColumn_(byRow_.inners(), byRow_.outers()) {
  move(starts, blockColumns);
}

void Product::move(const int32_t* starts, const int32_t* blockColumns) {
  isTurned_ = false;
  const long entries = static_cast<long>(starts[byRow_.outers()]) * width_;
  const Tiling tiling = tilingOf(byRow_.outers(), byRow_.inners(), entries, height_, 1);
  if (width_ == 1) {
    byRow_.assign(starts, blockColumns, tiling);
    return;
  }
  // Blocks of several columns as several blocks of one column, whose values lie in the same order.
  std::vector<int32_t> columnStarts(byRow_.outers() + 1L);
  for (std::size_t row = 0; row < columnStarts.size(); row++) {
    columnStarts[row] = starts[row] * width_;
  }
  std::vector<int32_t> columns(entries);
  for (std::size_t i = 0; i < columns.size(); i++) {
    columns[i] = blockColumns[i / width_] * width_ + static_cast<int32_t>(i % width_);
  }
  byRow_.assign(columnStarts.data(), columns.data(), tiling);
}

const Index& Product::byColumn() {
  if (!isTurned_) {
    byColumn_.assignTransposed(byRow_, tilingOf(byRow_.inners(), byRow_.outers(), byRow_.entries(), 1, height_));
    isTurned_ = true;
  }
  return byColumn_;
}

}  // namespace coppice
