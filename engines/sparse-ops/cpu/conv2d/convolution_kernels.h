// Convolutions of whole batches: the examples in tiles of the vectors' lanes, planes and panels split over threads.
#ifndef COPPICE_CONVOLUTION_KERNELS_H
#define COPPICE_CONVOLUTION_KERNELS_H

#include "conv2d/convolution.h"
#include "conv2d/images.h"
#include "conv2d/shifted_sddmm.h"
#include "conv2d/shifted_spmm.h"
#include "product/product.h"

namespace coppice::COPPICE_ISA {

/** Calls use with the shape of a tile as constants. */
template <class Use>
inline void withShape(TileShape shape, Use use) {
  auto withVectors = [&](auto rows) {
    auto with = [&](auto vectors) {
      if constexpr (rows * vectors <= kTileVectors) {
        use(rows, vectors);
      }
    };
    switch (shape.vectors) {
      case 1:
        return with(std::integral_constant<int, 1>{});
      case 2:
        return with(std::integral_constant<int, 2>{});
      case 4:
        return with(std::integral_constant<int, 4>{});
      case 8:
        return with(std::integral_constant<int, 8>{});
      default:
        return with(std::integral_constant<int, 16>{});
    }
  };
  switch (shape.rows) {
    case 1:
      return withVectors(std::integral_constant<int, 1>{});
    case 2:
      return withVectors(std::integral_constant<int, 2>{});
    default:
      return withVectors(std::integral_constant<int, 4>{});
  }
}

inline int ceilingOfPower(int number) {
  int power = 1;
  while (power < number) {
    power *= 2;
  }
  return power;
}

/** This thread's channels of x, packed. */
template <class Filter>
inline void packPlanes(const Sweep& sweep, const float* x, const Examples& examples, Filter filter, float* planes) {
  const int pixels = sweep.from.pixels();
#pragma omp for schedule(static)
  for (int channel = 0; channel < sweep.from.channels; channel++) {
    packChannel(x, static_cast<long>(channel) * pixels, pixels, sweep.places.data(), examples, filter,
                planes + static_cast<long>(channel) * sweep.planePositions * examples.T);
  }
}

/** A panel's rows of y of one tile, for each that there is. */
template <class Use>
inline void forEachRow(const Sweep& sweep, int panel, Use use) {
  const int panelRows = sweep.index.panelOuters() * sweep.height;
  for (int i = 0; i < panelRows && panel * panelRows + i < sweep.rows; i++) {
    use(panel * panelRows + i, i);
  }
}

/** A tile's floats of a panel, and what unpacking may read behind them, in whole cache lines. */
inline long tileFloatsOfPanel(const Sweep& sweep, TileShape shape) {
  const long rows = static_cast<long>(sweep.index.panelOuters()) * sweep.height;
  return (rows * shape.rows * shape.vectors + COPPICE_LANES) * 16;
}

/** y = act(W x + bias) for this thread's tiles and panels, from packed planes to images. */
inline void sweepPart(const Sweep& sweep, const Tiles& tiles, const float* values, const float* planes,
                      const Ends& ends, const Examples& outputs, float* panelY, float* y) {
  const int windows = static_cast<int>(sweep.windows.size());
  const int panels = sweep.index.panels();
  withShape(tiles.shape(), [&](auto rows, auto vectors) {
    constexpr int S = rows;
    constexpr int C = vectors;
    const long items = static_cast<long>(tiles.count()) * panels;
#pragma omp for schedule(static) nowait
    for (long item = 0; item < items; item++) {
      const int tile = static_cast<int>(item / panels);
      const int panel = static_cast<int>(item % panels);
      const SweptValues swept{sweep, values, planes + tiles.origin(tile), outputs.T, tiles.rowFloats()};
      if (sweep.sourcesOrNull() == nullptr) {
        panelOfTile<S, C, false>(swept, panel, ends, panelY);
      } else {
        panelOfTile<S, C, true>(swept, panel, ends, panelY);
      }
      forEachRow(sweep, panel, [&](int row, int inPanel) {
        const int window = row % windows;
        unpackTile(panelY + static_cast<long>(inPanel) * S * C * COPPICE_LANES, tiles.runs(tile, window),
                   tiles.endOfRuns(tile, window), sweep.step, outputs,
                   y + static_cast<long>(row / windows) * sweep.to.pixels());
      });
    }
  });
}

/** dvalues += dy · x at the entries of this thread's panels. */
template <class Filter>
inline void dotsPart(const Sweep& sweep, const Tiles& tiles, const float* planes, const float* dy,
                     const Examples& outputs, Filter filter, float* panelY, float* dvalues) {
  withShape(tiles.shape(), [&](auto rows, auto vectors) {
    constexpr int S = rows;
    constexpr int C = vectors;
    constexpr int floats = S * C * COPPICE_LANES;
    const int part = omp_get_thread_num();
    const int parts = omp_get_num_threads();
    const int lastPanel = sweep.index.firstPanel(part + 1, parts);
    for (int panel = sweep.index.firstPanel(part, parts); panel < lastPanel; panel++) {
      for (int tile = 0; tile < tiles.count(); tile++) {
        forEachRow(sweep, panel, [&](int row, int inPanel) {
          packTile(dy, static_cast<long>(row) * sweep.to.pixels(), tiles.runs(tile, 0), tiles.endOfRuns(tile, 0),
                   outputs, filter, floats, panelY + static_cast<long>(inPanel) * floats);
        });
        dotsOfPanel<S, C>({sweep, nullptr, planes + tiles.origin(tile), outputs.T, tiles.rowFloats()}, panel, panelY,
                          dvalues);
      }
    }
  });
}

/** dbias += dy summed over examples and pixels, for this thread's rows. */
template <class Filter>
inline void sumsPart(const Image& image, const float* dy, const Examples& outputs, Filter filter, float* dbias) {
  constexpr int W = COPPICE_LANES;
#pragma omp for schedule(static) nowait
  for (int row = 0; row < image.channels; row++) {
    float total = 0;
    for (int b = 0; b < outputs.batch; b++) {
      const long first = b * outputs.floats + static_cast<long>(row) * image.pixels();
      Vector<W> many = zero<W>();
      float few = 0;
      int pixel = 0;
      for (; pixel + W <= image.pixels(); pixel += W) {
        many += filter.template vector<W>(dy, first + pixel);
      }
      for (; pixel < image.pixels(); pixel++) {
        few += filter.template vector<1>(dy, first + pixel);
      }
      total += sum<W>(many) + few;
    }
    dbias[row] += total;
  }
}

/** Calls use for the batch in tiles of as many examples as there are lanes, the last of a power of two. */
template <class Use>
inline void forEachBatchTile(int batch, Use use) {
  for (int done = 0; done < batch; done += COPPICE_LANES) {
    const int examples = batch - done < COPPICE_LANES ? batch - done : COPPICE_LANES;
    use(done, examples, ceilingOfPower(examples));
  }
}

/** Of a pass over all images of a batch tile. */
inline long multiplyAdds(const Sweep& sweep, int T) {
  return static_cast<long>(sweep.index.entries()) * sweep.height * sweep.outputRows * sweep.outputColumns * T;
}

void forward(Convolution& convolution, const Forward& call) {
  SweptPlanes& swept = convolution.outputs();
  const Sweep& sweep = swept.sweep();
  const long inputFloats = static_cast<long>(sweep.from.channels) * sweep.from.pixels();
  const long outputFloats = static_cast<long>(sweep.to.channels) * sweep.to.pixels();
  forEachBatchTile(call.batch, [&](long done, int batch, int T) {
    const int threads = threadsFor(multiplyAdds(sweep, T));
    const Tiles& tiles = swept.tiles(T, COPPICE_LANES, kTileVectors);
    float* planes = swept.planes(T);
    const long panelFloats = tileFloatsOfPanel(sweep, tiles.shape());
    float* panels = convolution.panels.floats(panelFloats * threads);
#pragma omp parallel num_threads(threads)
    {
      packPlanes(sweep, call.x + done * inputFloats, {batch, T, inputFloats}, AsIs{}, planes);
      sweepPart(sweep, tiles, call.values, planes, {call.bias, call.relu}, {batch, T, outputFloats},
                panels + panelFloats * omp_get_thread_num(), call.y + done * outputFloats);
    }
  });
}

template <class Filter>
void backwardTile(Convolution& convolution, const Backward& call, const Examples& outputs, long done, Filter filter) {
  const int T = outputs.T;
  const Sweep& forward = convolution.outputs().sweep();
  const Tiles& outputTiles = convolution.outputs().tiles(T, COPPICE_LANES, kTileVectors);
  const Tiles* inputTiles = call.dx == nullptr ? nullptr : &convolution.inputs().tiles(T, COPPICE_LANES, kTileVectors);
  const long inputFloats = static_cast<long>(forward.from.channels) * forward.from.pixels();
  const Examples inputs{outputs.batch, T, inputFloats};
  float* x = call.dvalues == nullptr ? nullptr : convolution.outputs().planes(T);
  float* dy = call.dx == nullptr ? nullptr : convolution.inputs().planes(T);
  long panelFloats = tileFloatsOfPanel(forward, outputTiles.shape());
  if (inputTiles != nullptr) {
    const long other = tileFloatsOfPanel(convolution.inputs().sweep(), inputTiles->shape());
    panelFloats = panelFloats < other ? other : panelFloats;
  }
  const int threads = threadsFor(2 * multiplyAdds(forward, T));
  float* panels = convolution.panels.floats(panelFloats * threads);
#pragma omp parallel num_threads(threads)
  {
    float* panel = panels + panelFloats * omp_get_thread_num();
    if (call.dbias != nullptr) {
      sumsPart(forward.to, call.dy, outputs, filter, call.dbias);
    }
    if (call.dvalues != nullptr) {
      packPlanes(forward, call.x + done * inputFloats, inputs, AsIs{}, x);
      dotsPart(forward, outputTiles, x, call.dy, outputs, filter, panel, call.dvalues);
    }
    if (call.dx != nullptr) {
      const Sweep& backward = convolution.inputs().sweep();
      packPlanes(backward, call.dy, outputs, filter, dy);
      sweepPart(backward, *inputTiles, call.values, dy, {nullptr, false}, inputs, panel, call.dx + done * inputFloats);
    }
  }
}

void backward(Convolution& convolution, const Backward& call) {
  const Image& image = convolution.outputs().sweep().to;
  const long outputFloats = static_cast<long>(image.channels) * image.pixels();
  for (long i = 0; call.dvalues != nullptr && i < convolution.values(); i++) {
    call.dvalues[i] = 0;
  }
  for (int row = 0; call.dbias != nullptr && row < image.channels; row++) {
    call.dbias[row] = 0;
  }
  forEachBatchTile(call.batch, [&](long done, int batch, int T) {
    Backward tile = call;
    tile.dy = call.dy + done * outputFloats;
    const Examples outputs{batch, T, outputFloats};
    if (call.y == nullptr) {
      backwardTile(convolution, tile, outputs, done, AsIs{});
    } else {
      backwardTile(convolution, tile, outputs, done, WhereAboveZero{call.y + done * outputFloats});
    }
  });
}

}  // namespace coppice::COPPICE_ISA

#endif
