// A sparse matrix W [rows, columns] of blocks, readied for products; its values come with every call.
#ifndef COPPICE_PRODUCT_H
#define COPPICE_PRODUCT_H

#include <cstdint>

#include "index/index.h"
#include "product/scratch.h"

namespace coppice {

class Product {
 public:
  /**
   * @param starts [rows of blocks + 1] and blockColumns [entries]: ascending in each row of blocks
   */
  Product(int rows, int columns, int height, int width, const int32_t* starts, const int32_t* blockColumns);

  /** Takes other entries, in time linear in them and into the memory of those before; an exception leaves none usable. */
  void move(const int32_t* starts, const int32_t* blockColumns);

  int rows() const { return rows_; }
  int columns() const { return columns_; }

  /** The rows of a block; blocks of several columns are kept as several of one column. */
  int height() const { return height_; }

  /** Columns and rows filled up to whole blocks. */
  int filledColumns() const { return byRow_.inners(); }
  int filledRows() const { return byRow_.outers() * height_; }

  const Index& byRow() const { return byRow_; }

  /** Transposed at the first call for these entries. */
  const Index& byColumn();

  Scratch x;
  Scratch y;
  Scratch panels;

 private:
  int rows_;
  int columns_;
  int height_;
  int width_;
  Index byRow_;
  Index byColumn_;
  bool isTurned_ = false;
};

/**
 * y = act(x Wᵀ + bias), x [batch, columns], y [batch, rows], values [entries], bias [rows] or null; act is max(0, ·) or
 * nothing.
 */
struct Forward {
  const float* values;
  const float* x;
  int batch;
  const float* bias;
  bool relu;
  float* y;
};

/**
 * The gradients of Forward; what is null is left out. y is null where there was no ReLU.
 * dx = dy W [batch, columns], dvalues (+)= dyᵀ x at the entries, dbias (+)= dy summed over the batch [rows], added to
 * what is there where add says so.
 */
struct Backward {
  const float* values;
  const float* x;
  const float* y;
  const float* dy;
  int batch;
  float* dx;
  float* dvalues;
  float* dbias;
  bool add;
};

}  // namespace coppice

#endif
