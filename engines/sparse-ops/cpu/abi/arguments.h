// Checks of what comes over the C interface, in time linear in the index: std::invalid_argument says what is wrong,
// std::length_error what is right but too large.
#ifndef COPPICE_ARGUMENTS_H
#define COPPICE_ARGUMENTS_H

#include <cstdint>

#include "conv2d/geometry.h"
#include "isa/kernels.h"
#include "optimizer/rules.h"
#include "product/product.h"

namespace coppice {

/** W [rows, columns] in blocks [height, width]. */
struct Shape {
  int rows, columns, height, width;

  void require() const;

  /** Checks starts [rows of blocks + 1] and blockColumns [entries], for a shape that is right. */
  void requireIndex(const int32_t* starts, const int32_t* blockColumns) const;
};

/** Checks the geometry for so many output channels; gives the shape of its weights. */
Shape requireConvolution(const Geometry& geometry, int rows, int height, int width);

const Kernels& requireKernels(int isa);

void requirePresent(const char* name, const void* pointer);

/** @param values of the matrix */
void requireCall(const Forward& call, long values);
void requireCall(const Backward& call, long values);

/** Checks what every rule has. */
void requireArrays(const Arrays& arrays);

}  // namespace coppice

#endif
