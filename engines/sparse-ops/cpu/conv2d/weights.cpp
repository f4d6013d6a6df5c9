#include "conv2d/weights.h"

#include <algorithm>

namespace coppice {

bool Weights::inOrder() const {
  for (std::size_t entry = 0; entry < sources.size(); entry++) {
    if (sources[entry] != static_cast<int32_t>(entry) * height) {
      return false;
    }
  }
  return true;
}

Weights Weights::single() const {
  Weights single{rows, 1, {0}, {}, {}};
  for (int row = 0; row < rows; row++) {
    for (int entry = starts[row / height]; entry < starts[row / height + 1]; entry++) {
      single.columns.push_back(columns[entry]);
      single.sources.push_back(sources[entry] + row % height);
    }
    single.starts.push_back(static_cast<int32_t>(single.columns.size()));
  }
  return single;
}

void Weights::take(const Geometry& geometry, int blockHeight, int width, const int32_t* blockStarts,
                   const int32_t* blockColumns) {
  height = blockHeight;
  starts.assign(1, 0);
  columns.clear();
  sources.clear();
  const int outers = (rows - 1) / height + 1;
  for (int outer = 0; outer < outers; outer++) {
    for (int block = blockStarts[outer]; block < blockStarts[outer + 1]; block++) {
      const int first = blockColumns[block] * width;
      const int inside = std::min(width, geometry.columns() - first);
      for (int i = 0; i < inside; i++) {
        columns.push_back(first + i);
        sources.push_back((block * width + i) * height);
      }
    }
    starts.push_back(static_cast<int32_t>(columns.size()));
  }
  const bool acrossGroups = geometry.groups > 1 && rows / geometry.groups % height != 0;
  if (acrossGroups) {
    *this = single();
  }
}

}  // namespace coppice
