// Compressed rows of a sparse matrix, or of its transpose, cut into panels and tiles.
//
// An outer is what the walk produces (a row of blocks, or a column), an inner what it reads (a column, or a row of
// blocks). The entries of an outer ascend. A panel is a run of outers, a tile a run of inners; where there is more than
// one tile, ends[(panel · tiles + tile) · panelOuters + outer of the panel] is where an outer's entries leave the tile.
#ifndef COPPICE_INDEX_H
#define COPPICE_INDEX_H

#include <cstddef>
#include <cstdint>
#include <vector>

namespace coppice {

struct Tiling {
  int panelOuters;
  int tileInners;
};

class Index {
 public:
  /** Without entries, and without memory until it is given some. */
  Index(int outers, int inners) : outers_(outers), inners_(inners) {}

  /** Takes these entries, starts [outers + 1], into the memory of those before. */
  void assign(const int32_t* starts, const int32_t* innerOfEntry, Tiling tiling);

  /** Takes the entries of another by their inners; sources() then tells which of the other's each one is. */
  void assignTransposed(const Index& other, Tiling tiling);

  int outers() const { return outers_; }
  int inners() const { return inners_; }
  int entries() const { return starts_[outers_]; }
  int start(int outer) const { return starts_[outer]; }

  /** Whether an inner fits into 16 bits; then narrow() is there, otherwise wide(). */
  bool isNarrow() const { return inners_ <= 1 << 16; }
  const uint16_t* narrow() const { return narrow_.data(); }
  const uint32_t* wide() const { return wide_.data(); }

  /** Per entry the one of the index that this is the transpose of; null where it is none. */
  const int32_t* sources() const { return sources_.empty() ? nullptr : sources_.data(); }

  int panelOuters() const { return tiling_.panelOuters; }
  int panels() const { return (outers_ - 1) / tiling_.panelOuters + 1; }
  int tiles() const { return tiles_; }
  int tileInners() const { return tiling_.tileInners; }

  /** The first inner of a tile; of the tile behind the last one, the number of inners. */
  int firstInner(int tile) const { return tile == tiles_ ? inners_ : tile * tiling_.tileInners; }

  int firstOuter(int panel) const { return panel * tiling_.panelOuters; }
  int lastOuter(int panel) const {
    const long last = (panel + 1L) * tiling_.panelOuters;
    return last < outers_ ? static_cast<int>(last) : outers_;
  }

  /** Where each outer of a panel has its first entry of a tile, and its first one behind it. */
  const int32_t* begins(int panel, int tile) const {
    return tile == 0 ? starts_.data() + firstOuter(panel) : cutAfter(panel, tile - 1);
  }
  const int32_t* ends(int panel, int tile) const {
    return tile == tiles_ - 1 ? starts_.data() + firstOuter(panel) + 1 : cutAfter(panel, tile);
  }

  /** The first panel of a part when the panels are split into parts of about as much work. */
  int firstPanel(int part, int parts) const;

 private:
  /** Use is called with the inners of the entries in the type that they are kept in. */
  template <class Use>
  void withInners(Use use) const {
    if (isNarrow()) {
      use(narrow());
    } else {
      use(wide());
    }
  }

  void cut(Tiling tiling);
  const int32_t* cutAfter(int panel, int tile) const {
    return ends_.data() + (static_cast<long>(panel) * tiles_ + tile) * tiling_.panelOuters;
  }

  int outers_;
  int inners_;
  Tiling tiling_{1, 1};
  int tiles_ = 1;
  std::vector<int32_t> starts_;
  std::vector<uint16_t> narrow_;
  std::vector<uint32_t> wide_;
  std::vector<int32_t> sources_;
  std::vector<int32_t> ends_;
};

}  // namespace coppice

#endif
