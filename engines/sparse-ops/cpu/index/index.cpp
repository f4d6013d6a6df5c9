#include "index/index.h"

namespace coppice {

// The work of an outer besides its entries, in entries: its output is cleared, stored and unpacked.
static const long kOuterWork = 4;

void Index::assign(const int32_t* starts, const int32_t* innerOfEntry, Tiling tiling) {
  starts_.assign(starts, starts + outers_ + 1L);
  if (isNarrow()) {
    narrow_.assign(innerOfEntry, innerOfEntry + entries());
  } else {
    wide_.assign(innerOfEntry, innerOfEntry + entries());
  }
  cut(tiling);
}

void Index::assignTransposed(const Index& other, Tiling tiling) {
  // One place ahead at first, so that each becomes the next outer's while its entries are placed.
  starts_.assign(outers_ + 2L, 0);
  sources_.resize(other.entries());
  auto place = [&](const auto* outers, auto& inners) {
    for (int entry = 0; entry < other.entries(); entry++) {
      starts_[outers[entry] + 2L]++;
    }
    for (int outer = 0; outer < outers_; outer++) {
      starts_[outer + 2L] += starts_[outer + 1L];
    }
    inners.resize(other.entries());
    for (int inner = 0; inner < inners_; inner++) {
      for (int entry = other.start(inner); entry < other.start(inner + 1); entry++) {
        const int32_t position = starts_[outers[entry] + 1L]++;
        inners[position] = inner;
        sources_[position] = entry;
      }
    }
  };
  other.withInners([&](const auto* outers) {
    if (isNarrow()) {
      place(outers, narrow_);
    } else {
      place(outers, wide_);
    }
  });
  starts_.pop_back();
  cut(tiling);
}

void Index::cut(Tiling tiling) {
  tiling_ = tiling;
  tiles_ = (inners_ - 1) / tiling.tileInners + 1;
  if (tiles_ == 1) {
    return;
  }
  ends_.resize(static_cast<std::size_t>(panels()) * tiles_ * tiling_.panelOuters);
  withInners([&](const auto* inners) {
    for (int outer = 0; outer < outers_; outer++) {
      const int panel = outer / tiling_.panelOuters;
      int32_t* ends = ends_.data() + static_cast<std::size_t>(panel) * tiles_ * tiling_.panelOuters +
                      outer % tiling_.panelOuters;
      int entry = starts_[outer];
      for (int tile = 0; tile < tiles_; tile++) {
        const long last = (tile + 1L) * tiling_.tileInners;
        while (entry < starts_[outer + 1] && inners[entry] < last) {
          entry++;
        }
        ends[static_cast<std::size_t>(tile) * tiling_.panelOuters] = entry;
      }
    }
  });
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
