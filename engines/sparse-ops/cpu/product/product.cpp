#include "product/product.h"

#include <vector>

#include "product/tiling.h"

namespace coppice {

static int covering(int whole, int part) { return (whole - 1) / part + 1; }

// Blocks of several columns as several blocks of one column, whose values lie in the same order.
static Index ofColumns(int blockRows, int blockColumns, int height, int width, const int32_t* starts,
                       const int32_t* blockColumn) {
  std::vector<int32_t> columnStarts(blockRows + 1);
  for (int row = 0; row <= blockRows; row++) {
    columnStarts[row] = starts[row] * width;
  }
  std::vector<int32_t> columns(columnStarts[blockRows]);
  for (std::size_t i = 0; i < columns.size(); i++) {
    columns[i] = blockColumn[i / width] * width + static_cast<int32_t>(i % width);
  }
  int filledColumns = blockColumns * width;
  Tiling tiling = tilingOf(blockRows, filledColumns, columnStarts[blockRows], height, 1);
  return Index(blockRows, filledColumns, std::move(columnStarts), columns, tiling);
}

Product::Product(int rows, int columns, int height, int width, const int32_t* starts, const int32_t* blockColumns)
    : rows_(rows),
      columns_(columns),
      height_(height),
      byRow_(ofColumns(covering(rows, height), covering(columns, width), height, width, starts, blockColumns)) {}

const Index& Product::byColumn() {
  if (!byColumn_) {
    byColumn_ = byRow_.transposed(tilingOf(byRow_.inners(), byRow_.outers(), byRow_.entries(), 1, height_));
  }
  return *byColumn_;
}

}  // namespace coppice
