#include "index/index.h"

#include <utility>

namespace coppice {

// The work of an outer besides its entries, in entries: its output is cleared, stored and unpacked.
static const long kOuterWork = 4;

Index::Index(int outers, int inners, std::vector<int32_t> starts, const std::vector<int32_t>& innerOfEntry,
             Tiling tiling)
    : outers_(outers),
      inners_(inners),
      tiling_(tiling),
      tiles_((inners + tiling.tileInners - 1) / tiling.tileInners),
      starts_(std::move(starts)) {
  if (isNarrow()) {
    narrow_.assign(innerOfEntry.begin(), innerOfEntry.end());
  } else {
    wide_.assign(innerOfEntry.begin(), innerOfEntry.end());
  }
  cut();
}

void Index::cut() {
  if (tiles_ == 1) {
    return;
  }
  ends_.resize(static_cast<std::size_t>(panels()) * tiles_ * tiling_.panelOuters);
  for (int outer = 0; outer < outers_; outer++) {
    int panel = outer / tiling_.panelOuters;
    std::size_t at = static_cast<std::size_t>(panel) * tiles_ * tiling_.panelOuters + outer % tiling_.panelOuters;
    int entry = starts_[outer];
    for (int tile = 0; tile < tiles_; tile++) {
      long last = static_cast<long>(tile + 1) * tiling_.tileInners;
      while (entry < starts_[outer + 1] && inner(entry) < last) {
        entry++;
      }
      ends_[at + static_cast<std::size_t>(tile) * tiling_.panelOuters] = entry;
    }
  }
}

Index Index::transposed(Tiling tiling) const {
  std::vector<int32_t> starts(inners_ + 1, 0);
  for (int entry = 0; entry < entries(); entry++) {
    starts[inner(entry) + 1]++;
  }
  for (int i = 0; i < inners_; i++) {
    starts[i + 1] += starts[i];
  }
  std::vector<int32_t> next(starts.begin(), starts.end() - 1);
  std::vector<int32_t> outerOfEntry(entries());
  std::vector<int32_t> sources(entries());
  for (int outer = 0; outer < outers_; outer++) {
    for (int entry = starts_[outer]; entry < starts_[outer + 1]; entry++) {
      int32_t position = next[inner(entry)]++;
      outerOfEntry[position] = outer;
      sources[position] = entry;
    }
  }
  Index transposed(inners_, outers_, std::move(starts), outerOfEntry, tiling);
  transposed.sources_ = std::move(sources);
  return transposed;
}

int Index::firstPanel(int part, int parts) const {
  if (part == parts) {
    return panels();
  }
  long wanted = (entries() + kOuterWork * outers_) * part / parts;
  int low = 0;
  int high = panels();
  while (low < high) {
    int middle = (low + high) / 2;
    long outer = static_cast<long>(middle) * tiling_.panelOuters;
    if (starts_[outer] + kOuterWork * outer < wanted) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}

}  // namespace coppice
