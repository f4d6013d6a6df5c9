// Products against loops over the dense matrix in double precision.
#include <string>
#include <vector>

#include "abi/coppice_sparse.h"
#include "test/numbers.h"
#include "test/tests.h"

namespace {

struct Case {
  int isa, rows, columns, height, width, batch;
  double density;
  bool bias, relu, moved;

  std::string text() const {
    return "isa " + std::to_string(isa) + ", W " + std::to_string(rows) + " x " + std::to_string(columns) +
           " in blocks " + std::to_string(height) + " x " + std::to_string(width) + ", density " +
           std::to_string(density) + ", batch " + std::to_string(batch);
  }
};

struct Matrix {
  std::vector<int32_t> starts;
  std::vector<int32_t> blockColumns;
  std::vector<float> values;
  std::vector<double> dense;
};

Matrix matrix(const Case& c) {
  Matrix m;
  m.dense.resize(static_cast<long>(c.rows) * c.columns);
  std::uniform_real_distribution<double> uniform;
  std::normal_distribution<float> normal;
  m.starts.push_back(0);
  for (int row = 0; row < c.rows; row += c.height) {
    for (int column = 0; column < c.columns; column += c.width) {
      if (uniform(randomNumbers()) >= c.density) {
        continue;
      }
      m.blockColumns.push_back(column / c.width);
      for (int j = column; j < column + c.width; j++) {
        for (int i = row; i < row + c.height; i++) {
          bool inside = i < c.rows && j < c.columns;
          m.values.push_back(inside ? normal(randomNumbers()) : 0);
          if (inside) {
            m.dense[static_cast<long>(i) * c.columns + j] = m.values.back();
          }
        }
      }
    }
    m.starts.push_back(static_cast<int32_t>(m.blockColumns.size()));
  }
  return m;
}

bool holds(const Case& c) {
  Matrix m = matrix(c);
  std::vector<float> x = normalNumbers(static_cast<long>(c.batch) * c.columns);
  std::vector<float> bias = normalNumbers(c.rows);
  std::vector<float> dy = normalNumbers(static_cast<long>(c.batch) * c.rows);
  std::vector<float> y(dy.size(), NAN), dx(x.size(), NAN), dvalues(m.values.size(), NAN), dbias(c.rows, NAN);
  const Matrix first = c.moved ? matrix(c) : m;
  void* product =
      coppice_product_create(c.isa, c.rows, c.columns, c.height, c.width, first.starts.data(), first.blockColumns.data());
  if (c.moved) {
    coppice_product_backward(product, first.values.data(), x.data(), nullptr, dy.data(), c.batch, dx.data(), nullptr,
                             nullptr, 0);
    coppice_product_move(product, m.starts.data(), m.blockColumns.data());
  }
  coppice_product_forward(product, m.values.data(), x.data(), c.batch, c.bias ? bias.data() : nullptr, c.relu, y.data());
  coppice_product_backward(product, m.values.data(), x.data(), c.relu ? y.data() : nullptr, dy.data(), c.batch,
                           dx.data(), dvalues.data(), dbias.data(), 0);
  std::vector<float> summedValues(dvalues.size(), 1), summedBias(c.rows, 1);
  coppice_product_backward(product, m.values.data(), x.data(), c.relu ? y.data() : nullptr, dy.data(), c.batch,
                           nullptr, summedValues.data(), summedBias.data(), 1);
  coppice_product_destroy(product);

  std::vector<double> wantedY(y.size()), wantedDx(x.size()), wantedDbias(c.rows), denseGradient(m.dense.size());
  for (int b = 0; b < c.batch; b++) {
    for (int i = 0; i < c.rows; i++) {
      double sum = c.bias ? bias[i] : 0;
      for (int j = 0; j < c.columns; j++) {
        sum += m.dense[static_cast<long>(i) * c.columns + j] * x[static_cast<long>(b) * c.columns + j];
      }
      long at = static_cast<long>(b) * c.rows + i;
      wantedY[at] = c.relu && sum < 0 ? 0 : sum;
      double gradient = c.relu && !(y[at] > 0) ? 0 : dy[at];
      wantedDbias[i] += gradient;
      for (int j = 0; j < c.columns; j++) {
        wantedDx[static_cast<long>(b) * c.columns + j] += gradient * m.dense[static_cast<long>(i) * c.columns + j];
        denseGradient[static_cast<long>(i) * c.columns + j] += gradient * x[static_cast<long>(b) * c.columns + j];
      }
    }
  }
  std::vector<double> wantedDvalues;
  for (std::size_t row = 0; row + 1 < m.starts.size(); row++) {
    for (int entry = m.starts[row]; entry < m.starts[row + 1]; entry++) {
      for (int j = m.blockColumns[entry] * c.width; j < (m.blockColumns[entry] + 1) * c.width; j++) {
        for (int i = static_cast<int>(row) * c.height; i < static_cast<int>(row + 1) * c.height; i++) {
          wantedDvalues.push_back(
              i < c.rows && j < c.columns ? denseGradient[static_cast<long>(i) * c.columns + j] : 0);
        }
      }
    }
  }
  auto one = [](std::vector<double> numbers) {
    for (double& number : numbers) {
      number += 1;
    }
    return numbers;
  };
  return near("y", c.text(), wantedY, y) && near("dvalues added", c.text(), one(wantedDvalues), summedValues) &&
         near("dbias added", c.text(), one(wantedDbias), summedBias) && near("dx", c.text(), wantedDx, dx) && near("dvalues", c.text(), wantedDvalues, dvalues) &&
         near("dbias", c.text(), wantedDbias, dbias);
}

}  // namespace

int products() {
  const int sizes[][2] = {{1, 1}, {1, 7}, {5, 1}, {17, 33}, {70, 131}};
  const int blocks[][2] = {{1, 1}, {4, 1}, {8, 1}, {16, 1}, {3, 2}, {1, 4}, {7, 5}};
  int count = 0;
  for (int threads : {1, 2}) {
    coppice_set_threads(threads);
    for (int isa = 0; isa < 3; isa++) {
      if (!coppice_has_isa(isa)) {
        continue;
      }
      for (auto& size : sizes) {
        for (auto& block : blocks) {
          for (double density : {0.0, 0.3, 1.0}) {
            for (int batch : {1, 3, 7, 16, 31, 65}) {
              bool odd = ++count % 2 == 1;
              if (!holds({isa, size[0], size[1], block[0], block[1], batch, density, odd, count % 3 == 0, count % 5 < 2})) {
                return -1;
              }
            }
          }
        }
      }
    }
  }
  // so many entries that columns are added to, or that what comes next is fetched
  for (int isa = 0; isa < 3; isa++) {
    for (int batch : {5, 9, 17}) {
      if (!coppice_has_isa(isa)) {
        continue;
      }
      count++;
      if (!holds({isa, 1100, 1001, 1, 1, batch, 0.96, true, true, batch == 17})) {
        return -1;
      }
    }
  }
  return count;
}
