#include "conv2d/sweep.h"

#include <algorithm>
#include <new>
#include <utility>

namespace coppice {

namespace {

int covering(int whole, int part) { return (whole + part - 1) / part; }

/** A count of positions, which 32 bits must hold. */
int positions(long a, long b, long c) {
  __int128 count = static_cast<__int128>(a) * b * c;
  if (count >= 1LL << 31) {
    throw std::bad_alloc();
  }
  return static_cast<int>(count);
}

/** One axis of the gradient of the inputs: pixels by their remainder after division by the stride. */
struct Remainders {
  int size, kernel, stride, padding;

  /** The first output row whose window's pixel of this remainder lies in the image. */
  int first(int remainder) const { return padding <= remainder ? 0 : covering(padding - remainder, stride); }

  int count(int remainder) const {
    int last = size - 1 + padding - remainder;
    return last < 0 ? 0 : std::max(0, last / stride - first(remainder) + 1);
  }

  int pixel(int remainder) const { return first(remainder) * stride + remainder - padding; }

  int mostCount() const {
    int most = 0;
    for (int remainder = 0; remainder < stride; remainder++) {
      most = std::max(most, count(remainder));
    }
    return most;
  }

  /** Where, relative to the first gradient, the sum for a remainder's first pixel begins at this place of the kernel. */
  int begin(int place) const { return first(place % stride) - place / stride; }

  /** The zeros before the gradients. */
  int before() const {
    int before = 0;
    for (int place = 0; place < kernel; place++) {
      before = std::max(before, -begin(place));
    }
    return before;
  }

  /** The gradients with the zeros around them. */
  int padded(int gradients) const {
    int end = gradients;
    for (int place = 0; place < kernel; place++) {
      end = std::max(end, begin(place) + mostCount());
    }
    return before() + end;
  }
};

// As many planes as the nearest cache holds of what a tile of sixteen vectors reads, if an outer has enough entries in
// them to be worth the tile's loads and stores.
const int kTilePlanes = 12;
const double kLeastEntries = 16;

// Rows that share the planes of a tile, few enough that several threads get some.
const int kLeastPanelRows = 16;
const int kMostPanelRows = 64;
const int kPanels = 4;

Tiling tiling(int outers, int planes, long entries, int height) {
  double perOuter = static_cast<double>(entries) / outers;
  double planesWanted = std::max<double>(kTilePlanes, perOuter > 0 ? kLeastEntries * planes / perOuter : planes);
  const int panelRows = std::min<long>(kMostPanelRows, static_cast<long>(outers) * height / kPanels);
  return {std::max(1, std::min(outers, std::max(kLeastPanelRows, panelRows) / height)),
          static_cast<int>(std::min<double>(planes, planesWanted))};
}

}  // namespace

Sweep Sweep::forward(const Geometry& g, const Weights& weights) {
  const int planeRows = covering(g.height + 2 * g.padding, g.stride);
  const int rowPositions = covering(g.width + 2 * g.padding, g.stride);
  const int remainder = positions(planeRows, rowPositions, 1);
  const int planePositions = positions(remainder, g.stride, g.stride);
  positions(planePositions, g.channels, 1);

  std::vector<int32_t> places;
  places.reserve(static_cast<std::size_t>(g.height) * g.width);
  for (int row = g.padding; row < g.padding + g.height; row++) {
    for (int column = g.padding; column < g.padding + g.width; column++) {
      places.push_back((row % g.stride * g.stride + column % g.stride) * remainder + row / g.stride * rowPositions +
                       column / g.stride);
    }
  }

  const Window whole{0, 0, g.outputHeight(), g.outputWidth()};
  Sweep sweep{Index(weights.outers(), g.channels),
              weights.height,
              weights.rows,
              {},
              {},
              {g.channels, g.height, g.width},
              planePositions,
              rowPositions,
              std::move(places),
              {weights.rows, whole.rows, whole.columns},
              1,
              {whole},
              whole.rows,
              whole.columns};
  sweep.takeForward(g, weights);
  return sweep;
}

void Sweep::takeForward(const Geometry& g, const Weights& weights) {
  const int rowsOfGroup = weights.rows / g.groups;
  const int channelsOfGroup = g.channels / g.groups;
  const int remainder = planePositions / (g.stride * g.stride);
  std::vector<int32_t> planes(weights.columns.size());
  shifts.resize(planes.size());
  for (int outer = 0; outer < weights.outers(); outer++) {
    const int firstChannel = outer * weights.height / rowsOfGroup * channelsOfGroup;
    for (int entry = weights.starts[outer]; entry < weights.starts[outer + 1]; entry++) {
      const int column = weights.columns[entry];
      const int row = column % g.kernel() / g.kernelWidth;
      const int place = column % g.kernelWidth;
      planes[entry] = firstChannel + column / g.kernel();
      shifts[entry] = planes[entry] * planePositions + (row % g.stride * g.stride + place % g.stride) * remainder +
                      row / g.stride * rowPositions + place / g.stride;
    }
  }
  if (weights.inOrder()) {
    sources.clear();
  } else {
    sources = weights.sources;
  }
  index.assign(weights.starts.data(), planes.data(),
               tiling(index.outers(), index.inners(), static_cast<long>(planes.size()), height));
}

Sweep Sweep::backward(const Geometry& g, const Weights& weights) {
  const Remainders vertical{g.height, g.kernelHeight, g.stride, g.padding};
  const Remainders horizontal{g.width, g.kernelWidth, g.stride, g.padding};
  const int rowPositions = horizontal.padded(g.outputWidth());
  const int planePositions = positions(vertical.padded(g.outputHeight()), rowPositions, 1);
  positions(planePositions, weights.rows, 1);

  std::vector<int32_t> places;
  places.reserve(static_cast<std::size_t>(g.outputHeight()) * g.outputWidth());
  for (int row = 0; row < g.outputHeight(); row++) {
    for (int column = 0; column < g.outputWidth(); column++) {
      places.push_back((vertical.before() + row) * rowPositions + horizontal.before() + column);
    }
  }

  std::vector<Window> windows;
  for (int row = 0; row < g.stride; row++) {
    for (int column = 0; column < g.stride; column++) {
      windows.push_back(
          {vertical.pixel(row), horizontal.pixel(column), vertical.count(row), horizontal.count(column)});
    }
  }

  Sweep sweep{Index(positions(g.channels, g.stride, g.stride), weights.rows),
              1,
              positions(g.channels, g.stride, g.stride),
              {},
              {},
              {weights.rows, g.outputHeight(), g.outputWidth()},
              planePositions,
              rowPositions,
              std::move(places),
              {g.channels, g.height, g.width},
              g.stride,
              std::move(windows),
              vertical.mostCount(),
              horizontal.mostCount()};
  sweep.takeBackward(g, weights);
  return sweep;
}

void Sweep::takeBackward(const Geometry& g, const Weights& weights) {
  const Remainders vertical{g.height, g.kernelHeight, g.stride, g.padding};
  const Remainders horizontal{g.width, g.kernelWidth, g.stride, g.padding};
  const Weights single = weights.single();
  const int rowsOfGroup = single.rows / g.groups;
  const int channelsOfGroup = g.channels / g.groups;
  auto outerOf = [&](int row, int column) {
    const int channel = row / rowsOfGroup * channelsOfGroup + column / g.kernel();
    const int kernelRow = column % g.kernel() / g.kernelWidth;
    return (channel * g.stride + kernelRow % g.stride) * g.stride + column % g.kernelWidth % g.stride;
  };
  std::vector<int32_t> starts(index.outers() + 1, 0);
  for (int row = 0; row < single.rows; row++) {
    for (int entry = single.starts[row]; entry < single.starts[row + 1]; entry++) {
      starts[outerOf(row, single.columns[entry]) + 1]++;
    }
  }
  for (int outer = 0; outer < index.outers(); outer++) {
    starts[outer + 1] += starts[outer];
  }
  std::vector<int32_t> next(starts.begin(), starts.end() - 1);
  std::vector<int32_t> planes(single.columns.size());
  shifts.resize(planes.size());
  sources.resize(planes.size());
  for (int row = 0; row < single.rows; row++) {
    for (int entry = single.starts[row]; entry < single.starts[row + 1]; entry++) {
      const int column = single.columns[entry];
      const int to = next[outerOf(row, column)]++;
      planes[to] = row;
      shifts[to] = row * planePositions +
                   (vertical.before() + vertical.begin(column % g.kernel() / g.kernelWidth)) * rowPositions +
                   horizontal.before() + horizontal.begin(column % g.kernelWidth);
      sources[to] = single.sources[entry];
    }
  }
  index.assign(starts.data(), planes.data(),
               tiling(index.outers(), index.inners(), static_cast<long>(planes.size()), 1));
}

}  // namespace coppice
