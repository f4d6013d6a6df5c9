#include "product/tiling.h"

#include <algorithm>

namespace coppice {

Tiling tilingOf(long outers, long inners, long entries, int height, int innerHeight) {
  long panelRows = 64;
  long tileRows = inners * innerHeight;
  (void)entries;
  (void)outers;
  return {static_cast<int>(std::max(1L, panelRows / height)), static_cast<int>(std::max(1L, tileRows / innerHeight))};
}

}  // namespace coppice
