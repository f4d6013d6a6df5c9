#include "product/tiling.h"

#include <algorithm>

namespace coppice {

// A tile is worth its cost where a row has about twenty entries in it: then the rows of a panel share what they read.
static const double kDense = 0.07;
static const long kRowsOfDenseTile = 256;
static const double kHalfDense = 0.03;
static const long kRowsOfHalfDenseTile = 1024;

// So many rows use each number that is read at once that arithmetic takes longer than reading.
static const int kRowsThatShareALoad = 4;

// Panels are whole cache lines of outputs, small enough that threads get equal shares.
static const long kLeastPanelRows = 16;
static const long kMostPanelRows = 128;
static const long kPanels = 16;

static long rowsOfTile(double density, long rows) {
  if (density >= kDense) {
    return std::min(rows, kRowsOfDenseTile);
  }
  return density >= kHalfDense ? std::min(rows, kRowsOfHalfDenseTile) : rows;
}

Tiling tilingOf(long outers, long inners, long entries, int height, int innerHeight) {
  double density = static_cast<double>(entries) / (static_cast<double>(outers) * inners);
  bool boundByLoads = height < kRowsThatShareALoad;
  long tileRows = boundByLoads ? rowsOfTile(density, inners * innerHeight) : inners * innerHeight;
  long panelRows = outers * height / kPanels / kLeastPanelRows * kLeastPanelRows;
  panelRows = std::min(kMostPanelRows, std::max(kLeastPanelRows, panelRows));
  return {static_cast<int>(std::max(1L, panelRows / height)), static_cast<int>(std::max(1L, tileRows / innerHeight))};
}

}  // namespace coppice
