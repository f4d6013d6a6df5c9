// A sparse matrix in blocks, and the index of its transpose.
#ifndef COPPICE_MATRIX_H
#define COPPICE_MATRIX_H

#include <algorithm>
#include <vector>

#include "test/arrays.h"

struct Index {
  int rows;
  int columns;
  int height;
  int width;
  std::vector<int> starts{0};
  std::vector<int> indices{};

  int blockRows() const { return covering(rows, height); }
  int blockColumns() const { return covering(columns, width); }
  int entries() const { return static_cast<int>(indices.size()); }
  int values() const { return entries() * height * width; }

  /** Calls with position, row and column of each value that lies in the matrix. */
  template <class Visitor>
  void forEachValue(const Visitor& visitor) const {
    for (int blockRow = 0; blockRow < blockRows(); blockRow++) {
      for (int entry = starts[blockRow]; entry < starts[blockRow + 1]; entry++) {
        for (int at = 0; at < height * width; at++) {
          int row = blockRow * height + at % height;
          int column = indices[entry] * width + at / height;
          if (row < rows && column < columns) {
            visitor(static_cast<long>(entry) * height * width + at, row, column);
          }
        }
      }
    }
  }

  static Index random(int rows, int columns, int height, int width, double density) {
    Index index{rows, columns, height, width};
    std::uniform_real_distribution<double> uniform;
    for (int row = 0; row < index.blockRows(); row++) {
      for (int column = 0; column < index.blockColumns(); column++) {
        if (uniform(randomNumbers) < density) {
          index.indices.push_back(column);
        }
      }
      index.starts.push_back(index.entries());
    }
    return index;
  }
};

struct Transposed {
  Index index;
  std::vector<int> sources;

  explicit Transposed(const Index& from) : index{from.columns, from.rows, from.width, from.height} {
    for (int column = 0; column < from.blockColumns(); column++) {
      for (int row = 0; row < from.blockRows(); row++) {
        for (int entry = from.starts[row]; entry < from.starts[row + 1]; entry++) {
          if (from.indices[entry] == column) {
            index.indices.push_back(row);
            sources.push_back(entry);
          }
        }
      }
      index.starts.push_back(index.entries());
    }
  }
};

/** Values whose overhang, which no result may depend on, is 0 as in a Topology. */
template <class Number>
Array<Number> valuesOf(const Index& index) {
  Array<Number> values(index.values());
  std::fill(values.data(), values.data() + index.values(), fromFloat<Number>(0));
  std::normal_distribution<float> normal;
  index.forEachValue([&](long at, int, int) { values.data()[at] = fromFloat<Number>(normal(randomNumbers)); });
  return values;
}

/** One product and its gradients in double precision. */
struct ProductCase {
  int rows;
  int columns;
  int batch;
  double density;
  bool bias;
  bool relu;
  int shift;
};

template <class Number>
Exact exactForward(const Index& index, const Array<Number>& values, const Array<Number>& x, int batch,
                   const Array<Number>* bias, bool relu) {
  Exact y(static_cast<long>(batch) * index.rows);
  for (int b = 0; b < batch; b++) {
    for (int row = 0; bias != nullptr && row < index.rows; row++) {
      y.add(static_cast<long>(b) * index.rows + row, bias->at(row));
    }
    index.forEachValue([&](long at, int row, int column) {
      y.add(static_cast<long>(b) * index.rows + row,
            values.at(at) * x.at(static_cast<long>(b) * index.columns + column));
    });
  }
  for (double& sum : y.sums) {
    sum = relu && sum < 0 ? 0 : sum;
  }
  return y;
}

#endif
