// Products of a whole matrix: the batch in tiles, the panels split over threads.
#ifndef COPPICE_PRODUCT_KERNELS_H
#define COPPICE_PRODUCT_KERNELS_H

#include "pack/pack.h"
#include "product/product.h"
#include "sddmm/sddmm.h"
#include "spmm/spmm.h"
#include "spmm_lanes/spmm_lanes.h"
#include "spmm_transposed/scatter.h"
#include "spmm_transposed/spmm_transposed.h"

namespace coppice::COPPICE_ISA {

/** This thread's part of a loop, in whole cache lines of packed features. */
struct Part {
  int index = omp_get_thread_num();
  int count = omp_get_num_threads();

  int first(int features, int part) const {
    if (part == count) {
      return features;
    }
    return static_cast<int>(static_cast<long>(features) * part / count) / 16 * 16;
  }
  int from(int features) const { return first(features, index); }
  int to(int features) const { return first(features, index + 1); }
};

/** The part's features of packed, and zeros where features are filled up to whole blocks. */
template <int T, class Filter>
inline void packPart(const Part& part, const float* x, int features, int filled, int batch, Filter filter,
                     float* packed) {
  pack<T>(x, features, batch, part.from(features), part.to(features), filter, packed);
  if (part.index == part.count - 1) {
    for (long i = static_cast<long>(features) * T; i < static_cast<long>(filled) * T; i++) {
      packed[i] = 0;
    }
  }
}

// Each thread's panel begins at a cache line of its own.
inline long panelFloats(long rows, int batchTile) { return (rows * batchTile + 15) / 16 * 16; }

inline int least(long a, long b) { return static_cast<int>(a < b ? a : b); }

template <int T>
inline void panelInLanes(int lanes, const Index& index, int panel, const float* values, int height, const float* x,
                         const Rows& rows) {
  if constexpr (COPPICE_LANES == 16) {
    if (lanes == 16) {
      return panelLanes<T, 16>(index, panel, values, height, x, rows);
    }
  }
  if constexpr (COPPICE_LANES >= 8 && T <= 4) {
    if (lanes == 8) {
      return panelLanes<T, 8>(index, panel, values, height, x, rows);
    }
  }
  if constexpr (T <= 4) {
    return panelLanes<T, 4>(index, panel, values, height, x, rows);
  }
}

/** Of a pass over the matrix; reading a value takes as long as some examples' multiply-adds. */
template <int T>
inline long multiplyAdds(const Product& product) {
  constexpr int kExamplesPerRead = 16;
  return static_cast<long>(product.byRow().entries()) * product.height() * (T < kExamplesPerRead ? kExamplesPerRead : T);
}

template <int T>
void forwardTile(Product& product, const Forward& call) {
  const Index& index = product.byRow();
  const int height = product.height();
  const int threads = threadsFor(multiplyAdds<T>(product));
  const long panelRows = static_cast<long>(index.panelOuters()) * height;
  float* x = product.x.floats(static_cast<std::size_t>(product.filledColumns()) * T);
  float* panels = product.panels.floats(panelFloats(panelRows, T) * threads);
  const int lanes = rowLanes<T>(height);
  const Rows rows{call.batch, call.bias, call.relu, call.y, product.rows()};
  Meeting packed, done;
#pragma omp parallel num_threads(threads)
  {
    const Part part;
    packPart<T>(part, call.x, product.columns(), product.filledColumns(), call.batch, AsIs{}, x);
    packed.arrive();
    packed.await(part.count);
    float* y = panels + panelFloats(panelRows, T) * part.index;
    const int lastPanel = index.firstPanel(part.index + 1, part.count);
    for (int panel = index.firstPanel(part.index, part.count); panel < lastPanel; panel++) {
      if (lanes > 0) {
        panelInLanes<T>(lanes, index, panel, call.values, height, x, rows);
        continue;
      }
      panelProduct<T>(index, panel, call.values, height, x, y);
      const long row = panel * panelRows;
      unpack<T>(y, least(panelRows, product.rows() - row), call.batch, call.bias == nullptr ? nullptr : call.bias + row,
                call.relu, call.y + row, product.rows());
    }
    done.arrive();
    done.awaitBriefly(part.count);
  }
}

/** The sums over the batch of the part's rows of Y [rows, T], set or added. */
template <int T>
inline void sumPart(const Part& part, const float* y, int rows, bool add, float* dbias) {
  for (int row = part.from(rows); row < part.to(rows); row++) {
    constexpr int W = lanesOf(T);
    Vector<W> total = zero<W>();
    for (int b = 0; b < T; b += W) {
      total += load<W>(y + static_cast<long>(row) * T + b);
    }
    dbias[row] = (add ? dbias[row] : 0) + sum<W>(total);
  }
}

/** The gradient of the part's columns by the rows of W; dx [filled columns, T] is scratch. */
template <int T>
inline void scatterPart(const Part& part, const Index& byRow, const Backward& call, int height, const float* y,
                        float* dx, int columns) {
  int first = part.from(byRow.inners());
  int end = part.to(byRow.inners());
  if constexpr (T <= kMostScattered) {
    const int tile = byRow.tiles() * part.index / part.count;
    const int endTile = byRow.tiles() * (part.index + 1) / part.count;
    scatter<T>(byRow, tile, endTile, call.values, y, dx);
    first = byRow.firstInner(tile);
    end = byRow.firstInner(endTile);
  } else {
    scatterBlocks<T>(byRow, first, end, call.values, height, y, dx);
  }
  if (first < columns) {
    unpack<T>(dx + static_cast<long>(first) * T, least(end, columns) - first, call.batch, nullptr, false,
              call.dx + first, columns);
  }
}

template <int T>
void backwardTile(Product& product, const Backward& call, bool add) {
  const Index& byRow = product.byRow();
  const int height = product.height();
  const bool scattered = scatters<T>(byRow, height) || holdsRows<T>(height);
  const Index* byColumn = call.dx == nullptr || scattered ? nullptr : &product.byColumn();
  const int threads = threadsFor(2 * multiplyAdds<T>(product));
  const long panelColumns = byColumn == nullptr ? 0 : byColumn->panelOuters();
  float* x = call.dvalues == nullptr ? nullptr : product.x.floats(static_cast<std::size_t>(product.filledColumns()) * T);
  float* y = product.y.floats(static_cast<std::size_t>(product.filledRows()) * T);
  float* panels = product.panels.floats(scattered ? panelFloats(product.filledColumns(), T)
                                                  : panelFloats(panelColumns, T) * threads);
  Meeting packed, done;
#pragma omp parallel num_threads(threads)
  {
    const Part part;
    if (call.y == nullptr) {
      packPart<T>(part, call.dy, product.rows(), product.filledRows(), call.batch, AsIs{}, y);
    } else {
      packPart<T>(part, call.dy, product.rows(), product.filledRows(), call.batch, WhereAboveZero{call.y}, y);
    }
    if (call.dvalues != nullptr) {
      packPart<T>(part, call.x, product.columns(), product.filledColumns(), call.batch, AsIs{}, x);
    }
    packed.arrive();
    packed.await(part.count);
    if (call.dbias != nullptr) {
      sumPart<T>(part, y, product.rows(), add, call.dbias);
    }
    if (call.dvalues != nullptr) {
      const int lastPanel = byRow.firstPanel(part.index + 1, part.count);
      for (int panel = byRow.firstPanel(part.index, part.count); panel < lastPanel; panel++) {
        if (add) {
          panelDots<T, true>(byRow, panel, y, x, height, call.dvalues);
        } else {
          panelDots<T, false>(byRow, panel, y, x, height, call.dvalues);
        }
      }
    }
    if (call.dx != nullptr && scattered) {
      scatterPart<T>(part, byRow, call, height, y, panels, product.columns());
    } else if (call.dx != nullptr) {
      float* dx = panels + panelFloats(panelColumns, T) * part.index;
      const int lastPanel = byColumn->firstPanel(part.index + 1, part.count);
      for (int panel = byColumn->firstPanel(part.index, part.count); panel < lastPanel; panel++) {
        panelTransposedProduct<T>(*byColumn, panel, call.values, height, y, dx);
        const long column = panel * panelColumns;
        unpack<T>(dx, least(panelColumns, product.columns() - column), call.batch, nullptr, false, call.dx + column,
                  product.columns());
      }
    }
    done.arrive();
    done.awaitBriefly(part.count);
  }
}

/** Calls use with the tile of the batch that fits best, as a constant. */
template <class Use>
inline void withTile(int batch, Use use) {
  if (batch == 1) {
    use(std::integral_constant<int, 1>{});
  } else if (batch <= 4) {
    use(std::integral_constant<int, 4>{});
  } else if (batch <= 8) {
    use(std::integral_constant<int, 8>{});
  } else if (batch <= 16) {
    use(std::integral_constant<int, 16>{});
  } else if (batch <= 32) {
    use(std::integral_constant<int, 32>{});
  } else {
    use(std::integral_constant<int, 64>{});
  }
}

inline const float* fromExample(const float* batch, long example, int width) {
  return batch == nullptr ? nullptr : batch + example * width;
}

void forward(Product& product, const Forward& call) {
  for (int done = 0; done < call.batch; done += 64) {
    Forward tile = call;
    tile.batch = least(64, call.batch - done);
    tile.x = fromExample(call.x, done, product.columns());
    tile.y = call.y + static_cast<long>(done) * product.rows();
    withTile(tile.batch, [&](auto width) { forwardTile<width>(product, tile); });
  }
}

void backward(Product& product, const Backward& call) {
  for (int done = 0; done < call.batch; done += 64) {
    Backward tile = call;
    tile.batch = least(64, call.batch - done);
    tile.x = fromExample(call.x, done, product.columns());
    tile.y = fromExample(call.y, done, product.rows());
    tile.dy = fromExample(call.dy, done, product.rows());
    tile.dx = call.dx == nullptr ? nullptr : call.dx + static_cast<long>(done) * product.columns();
    withTile(tile.batch, [&](auto width) { backwardTile<width>(product, tile, call.add || done > 0); });
  }
}

}  // namespace coppice::COPPICE_ISA

#endif
