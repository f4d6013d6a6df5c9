#include "product/tiling.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>

namespace coppice {

// A longer tile leaves the nearest cache; in a shorter one a row has few entries, and each visit costs some twenty
// steps of the clock. The two meet where the rows of a tile are in inverse proportion to the density's root.
static const double kRowsOfFullTilePerKib = 57.0 / 32;
static const long kUsualCacheKib = 32;
static const long kMultipleOfRows = 16;

// So many rows use each number that is read at once that arithmetic takes longer than reading.
static const int kRowsThatShareALoad = 4;

// Panels are whole cache lines of outputs, small enough that threads get equal shares.
static const long kLeastPanelRows = 16;
static const long kMostPanelRows = 256;
static const long kPanels = 16;

static long nearestCacheKib() {
#ifdef _SC_LEVEL1_DCACHE_SIZE
  const long bytes = sysconf(_SC_LEVEL1_DCACHE_SIZE);
  return bytes > 0 ? bytes / 1024 : kUsualCacheKib;
#else
  return kUsualCacheKib;
#endif
}

static long rowsOfTile(double density, long rows) {
  if (density == 0) {
    return rows;
  }
  static const double rowsOfFullTile = kRowsOfFullTilePerKib * static_cast<double>(nearestCacheKib());
  long best = static_cast<long>(rowsOfFullTile / std::sqrt(density));
  return std::min(rows, (best / kMultipleOfRows + 1) * kMultipleOfRows);
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
