// Between images [batch, channels, pixels] and positions with the examples of a batch tile inside.
#ifndef COPPICE_IMAGES_H
#define COPPICE_IMAGES_H

#include "conv2d/tiles.h"
#include "lanes/transpose.h"
#include "pack/pack.h"

namespace coppice::COPPICE_ISA {

/** Some examples: batch of them at most T, each a number of floats after the one before. */
struct Examples {
  int batch;
  int T;
  long floats;
};

/** Puts the pixels of one channel, whose first is at x + at, at their places. */
template <class Filter>
inline void packChannel(const float* x, long at, int pixels, const int32_t* places, const Examples& examples,
                        Filter filter, float* plane) {
  constexpr int W = COPPICE_LANES;
  const int T = examples.T;
  int pixel = 0;
  if (T == W) {
    for (; pixel + W <= pixels; pixel += W) {
      Vector<W> rows[W];
#pragma GCC unroll 16
      for (int b = 0; b < W; b++) {
        rows[b] = b < examples.batch ? filter.template vector<W>(x, at + b * examples.floats + pixel) : zero<W>();
      }
      transpose<W>(rows);
#pragma GCC unroll 16
      for (int i = 0; i < W; i++) {
        store<W>(plane + static_cast<long>(places[pixel + i]) * W, rows[i]);
      }
    }
  }
  for (; pixel < pixels; pixel++) {
    float* to = plane + static_cast<long>(places[pixel]) * T;
    for (int b = 0; b < T; b++) {
      to[b] = b < examples.batch ? filter.template vector<1>(x, at + b * examples.floats + pixel) : 0;
    }
  }
}

// Up to W positions from one on, as W vectors of W examples each.
inline void unpackSquare(const float* tile, int position, int pixels, int step, const Examples& examples, float* image) {
  constexpr int W = COPPICE_LANES;
  Vector<W> columns[W];
#pragma GCC unroll 16
  for (int i = 0; i < W; i++) {
    columns[i] = load<W>(tile + static_cast<long>(position + i) * W);
  }
  transpose<W>(columns);
#pragma GCC unroll 16
  for (int b = 0; b < W; b++) {
    if (b >= examples.batch) {
      continue;
    }
    float* to = image + b * examples.floats;
    if (pixels == W && step == 1) {
      store<W>(to, columns[b]);
      continue;
    }
    float numbers[W];
    store<W>(numbers, columns[b]);
    for (int i = 0; i < pixels; i++) {
      to[static_cast<long>(i) * step] = numbers[i];
    }
  }
}

/** Writes the positions of a tile that are in the images. W positions behind its end may be read. */
inline void unpackTile(const float* tile, const Run* run, const Run* end, int step, const Examples& examples,
                       float* images) {
  constexpr int W = COPPICE_LANES;
  const int T = examples.T;
  for (; run < end; run++) {
    float* image = images + run->pixel;
    if (T == W) {
      for (int i = 0; i < run->length; i += W) {
        unpackSquare(tile, run->position + i, run->length - i < W ? run->length - i : W, step, examples,
                     image + static_cast<long>(i) * step);
      }
      continue;
    }
    const float* from = tile + static_cast<long>(run->position) * T;
    for (int b = 0; b < examples.batch; b++) {
      float* to = image + b * examples.floats;
      for (int i = 0; i < run->length; i++) {
        to[static_cast<long>(i) * step] = from[i * T + b];
      }
    }
  }
}

/** The tile's positions, whose image is at y + at, and 0 outside of it. */
template <class Filter>
inline void packTile(const float* y, long at, const Run* run, const Run* end, const Examples& examples, Filter filter,
                     int floats, float* tile) {
  constexpr int W = COPPICE_LANES;
  const int T = examples.T;
  if (run == end || run->length * T != floats) {
    for (int i = 0; i < floats; i++) {
      tile[i] = 0;
    }
  }
  for (; run < end; run++) {
    int i = 0;
    if (T == W) {
      for (; i + W <= run->length; i += W) {
        Vector<W> rows[W];
#pragma GCC unroll 16
        for (int b = 0; b < W; b++) {
          rows[b] = b < examples.batch ? filter.template vector<W>(y, at + b * examples.floats + run->pixel + i)
                                       : zero<W>();
        }
        transpose<W>(rows);
#pragma GCC unroll 16
        for (int k = 0; k < W; k++) {
          store<W>(tile + static_cast<long>(run->position + i + k) * W, rows[k]);
        }
      }
    }
    for (; i < run->length; i++) {
      for (int b = 0; b < T; b++) {
        tile[(run->position + i) * T + b] =
            b < examples.batch ? filter.template vector<1>(y, at + b * examples.floats + run->pixel + i) : 0;
      }
    }
  }
}

}  // namespace coppice::COPPICE_ISA

#endif
