// How an index is cut, so that what a panel reads again and again stays in the nearest cache.
#ifndef COPPICE_TILING_H
#define COPPICE_TILING_H

#include "index/index.h"

namespace coppice {

/**
 * The cut that was fastest in trials with 64 batch columns; see bench/bench.cpp.
 *
 * @param height the rows that an outer produces
 * @param innerHeight the rows that an inner reads
 */
Tiling tilingOf(long outers, long inners, long entries, int height, int innerHeight);

}  // namespace coppice

#endif
