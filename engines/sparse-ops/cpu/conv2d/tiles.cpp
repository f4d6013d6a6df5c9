#include "conv2d/tiles.h"

namespace coppice {

// What an entry costs a tile besides its vectors, in vectors.
static const int kEntryWork = 2;

static long covering(long whole, long part) { return (whole + part - 1) / part; }

Tiles::Tiles(const Sweep& sweep, int batchTile, int lanes, int vectors)
    : batchTile_(batchTile),
      lanes_(lanes),
      windows_(static_cast<int>(sweep.windows.size())),
      rowFloats_(static_cast<long>(sweep.rowPositions) * batchTile) {
  choose(sweep, vectors);
  const long flatPositions = static_cast<long>(sweep.outputRows - 1) * sweep.rowPositions + sweep.outputColumns;
  const long rows = flat_ ? 1 : sweep.outputRows;
  const long floats = (flat_ ? flatPositions : sweep.outputColumns) * batchTile;
  for (long row = 0; row < rows; row += shape_.rows) {
    for (long column = 0; column < floats; column += static_cast<long>(shape_.vectors) * lanes) {
      origins_.push_back(row * rowFloats_ + column);
      for (const Window& window : sweep.windows) {
        add(sweep, window, static_cast<int>(row), static_cast<int>(column / batchTile));
      }
    }
  }
}

/** The shape with the least work; a flat one takes a plane as a single row, with what lies between its rows. */
void Tiles::choose(const Sweep& sweep, int vectors) {
  const long floats = static_cast<long>(sweep.outputColumns) * batchTile_;
  const long flatFloats = static_cast<long>(sweep.outputRows - 1) * rowFloats_ + floats;
  long least = -1;
  auto consider = [&](int rows, int perRow, bool flat) {
    const long tiles = flat ? covering(flatFloats, static_cast<long>(perRow) * lanes_)
                            : covering(sweep.outputRows, rows) * covering(floats, static_cast<long>(perRow) * lanes_);
    const long work = tiles * (rows * perRow + kEntryWork);
    if (least < 0 || work < least) {
      least = work;
      shape_ = {rows, perRow};
      flat_ = flat;
    }
  };
  for (int all = vectors; all >= 1; all /= 2) {
    for (int rows = 1; rows <= 4 && rows <= all; rows *= 2) {
      consider(rows, all / rows, false);
    }
    consider(1, all, true);
  }
}

void Tiles::add(const Sweep& sweep, const Window& window, int firstRow, int firstPosition) {
  const int perRow = shape_.vectors * lanes_ / batchTile_;
  const std::size_t start = runs_.size();
  for (int position = 0; position < shape_.rows * perRow; position++) {
    const int at = firstPosition + position % perRow;
    const int row = flat_ ? at / sweep.rowPositions : firstRow + position / perRow;
    const int column = flat_ ? at % sweep.rowPositions : at;
    if (row >= window.rows || column >= window.columns) {
      continue;
    }
    const int pixel = (window.row + row * sweep.step) * sweep.to.width + window.column + column * sweep.step;
    if (runs_.size() > start) {
      Run& last = runs_.back();
      if (last.position + last.length == position && last.pixel + last.length * sweep.step == pixel) {
        last.length++;
        continue;
      }
    }
    runs_.push_back({position, pixel, 1});
  }
  runStarts_.push_back(static_cast<int>(runs_.size()));
}

long Tiles::slack() const {
  return (shape_.rows - 1) * rowFloats_ + static_cast<long>(shape_.vectors) * lanes_;
}

}  // namespace coppice
