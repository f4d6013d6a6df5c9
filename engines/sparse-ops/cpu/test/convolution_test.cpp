// Convolutions against loops over the dense weights in double precision.
#include <string>
#include <vector>

#include "abi/coppice_sparse.h"
#include "test/numbers.h"
#include "test/tests.h"

namespace {

struct Case {
  int channels, height, width, kernelHeight, kernelWidth, stride, padding, groups, rows, blockHeight, blockWidth, batch;
  double density;
  bool bias, relu, moved;
  int isa;

  int columns() const { return channels / groups * kernelHeight * kernelWidth; }
  int outputHeight() const { return (height + 2 * padding - kernelHeight) / stride + 1; }
  int outputWidth() const { return (width + 2 * padding - kernelWidth) / stride + 1; }

  std::string text() const {
    std::string text = "isa " + std::to_string(isa);
    for (int number : {channels, height, width, kernelHeight, kernelWidth, stride, padding, groups, rows, blockHeight,
                       blockWidth, batch}) {
      text += ", " + std::to_string(number);
    }
    return text + ", density " + std::to_string(density);
  }
};

struct Matrix {
  std::vector<int32_t> starts{0};
  std::vector<int32_t> blockColumns;
  std::vector<float> values;
  /** Per value its place in the dense matrix, or -1 over the edge. */
  std::vector<long> places;
};

Matrix matrix(const Case& c) {
  Matrix m;
  std::uniform_real_distribution<double> uniform;
  std::normal_distribution<float> normal;
  for (int row = 0; row < c.rows; row += c.blockHeight) {
    for (int column = 0; column < c.columns(); column += c.blockWidth) {
      if (uniform(randomNumbers()) >= c.density) {
        continue;
      }
      m.blockColumns.push_back(column / c.blockWidth);
      for (int j = column; j < column + c.blockWidth; j++) {
        for (int i = row; i < row + c.blockHeight; i++) {
          const bool inside = i < c.rows && j < c.columns();
          m.values.push_back(inside ? normal(randomNumbers()) : 0);
          m.places.push_back(inside ? static_cast<long>(i) * c.columns() + j : -1);
        }
      }
    }
    m.starts.push_back(static_cast<int32_t>(m.blockColumns.size()));
  }
  return m;
}

/** Takes the places of an output, of a weight and of the input that it meets. */
template <class Visit>
void forEachProduct(const Case& c, Visit visit) {
  const int channelsOfGroup = c.channels / c.groups;
  for (int b = 0; b < c.batch; b++) {
    for (int o = 0; o < c.rows; o++) {
      for (int i = 0; i < c.outputHeight(); i++) {
        for (int j = 0; j < c.outputWidth(); j++) {
          const long output = ((static_cast<long>(b) * c.rows + o) * c.outputHeight() + i) * c.outputWidth() + j;
          for (int column = 0; column < c.columns(); column++) {
            const int kernel = c.kernelHeight * c.kernelWidth;
            const int channel = o / (c.rows / c.groups) * channelsOfGroup + column / kernel;
            const int h = i * c.stride + column % kernel / c.kernelWidth - c.padding;
            const int w = j * c.stride + column % c.kernelWidth - c.padding;
            if (h >= 0 && h < c.height && w >= 0 && w < c.width) {
              visit(output, static_cast<long>(o) * c.columns() + column,
                    ((static_cast<long>(b) * c.channels + channel) * c.height + h) * c.width + w);
            }
          }
        }
      }
    }
  }
}

bool holds(const Case& c) {
  const Matrix m = matrix(c);
  std::vector<double> dense(static_cast<long>(c.rows) * c.columns());
  for (std::size_t i = 0; i < m.values.size(); i++) {
    if (m.places[i] >= 0) {
      dense[m.places[i]] = m.values[i];
    }
  }
  const std::vector<float> x = normalNumbers(static_cast<long>(c.batch) * c.channels * c.height * c.width);
  const std::vector<float> bias = normalNumbers(c.rows);
  const long pixels = static_cast<long>(c.outputHeight()) * c.outputWidth();
  const std::vector<float> dy = normalNumbers(c.batch * c.rows * pixels);
  std::vector<float> y(dy.size(), NAN), dx(x.size(), NAN), dvalues(m.values.size(), NAN), dbias(c.rows, NAN);
  const Matrix first = c.moved ? matrix(c) : m;
  void* convolution = coppice_convolution_create(c.isa, c.rows, c.channels, c.height, c.width, c.kernelHeight,
                                                 c.kernelWidth, c.stride, c.padding, c.groups, c.blockHeight,
                                                 c.blockWidth, first.starts.data(), first.blockColumns.data());
  if (c.moved) {
    coppice_convolution_backward(convolution, first.values.data(), x.data(), nullptr, dy.data(), c.batch, dx.data(),
                                 nullptr, nullptr);
    coppice_convolution_move(convolution, m.starts.data(), m.blockColumns.data());
  }
  coppice_convolution_forward(convolution, m.values.data(), x.data(), c.batch, c.bias ? bias.data() : nullptr, c.relu,
                              y.data());
  coppice_convolution_backward(convolution, m.values.data(), x.data(), c.relu ? y.data() : nullptr, dy.data(), c.batch,
                               dx.data(), dvalues.data(), dbias.data());
  coppice_convolution_destroy(convolution);

  std::vector<double> wantedY(y.size()), gradients(y.size()), wantedDx(x.size()), wantedDbias(c.rows),
      denseGradient(dense.size());
  for (std::size_t i = 0; i < y.size(); i++) {
    const int row = static_cast<int>(i / pixels % c.rows);
    wantedY[i] = c.bias ? bias[row] : 0;
    gradients[i] = c.relu && !(y[i] > 0) ? 0 : dy[i];
    wantedDbias[row] += gradients[i];
  }
  forEachProduct(c, [&](long output, long weight, long input) {
    wantedY[output] += dense[weight] * x[input];
    wantedDx[input] += dense[weight] * gradients[output];
    denseGradient[weight] += x[input] * gradients[output];
  });
  for (double& number : wantedY) {
    number = c.relu && number < 0 ? 0 : number;
  }
  std::vector<double> wantedDvalues;
  for (long place : m.places) {
    wantedDvalues.push_back(place < 0 ? 0 : denseGradient[place]);
  }
  return near("y", c.text(), wantedY, y) && near("dx", c.text(), wantedDx, dx) &&
         near("dvalues", c.text(), wantedDvalues, dvalues) && near("dbias", c.text(), wantedDbias, dbias);
}

}  // namespace

int convolutions() {
  // channels, height, width, kernel height and width, stride, padding, groups, rows
  const int shapes[][9] = {
      {1, 1, 1, 1, 1, 1, 0, 1, 1},   {3, 5, 7, 1, 1, 1, 0, 1, 4},    {20, 8, 8, 3, 3, 1, 1, 1, 18},
      {2, 9, 6, 5, 5, 1, 2, 1, 5},   {3, 11, 10, 3, 3, 2, 1, 1, 7},  {4, 10, 13, 5, 3, 3, 3, 1, 6},
      {6, 7, 7, 3, 3, 1, 1, 2, 4},   {5, 6, 9, 3, 3, 1, 1, 5, 5},    {6, 9, 8, 2, 4, 2, 0, 3, 9},
      {2, 4, 4, 3, 3, 1, 1, 1, 70},  {30, 4, 4, 3, 3, 1, 1, 1, 17},  {2, 2, 3, 1, 1, 3, 1, 1, 3},
      {1, 28, 28, 5, 5, 1, 0, 1, 4}, {2, 3, 33, 3, 3, 1, 1, 1, 3},   {2, 1, 40, 1, 5, 2, 0, 1, 3},
      {2, 5, 5, 5, 5, 1, 0, 1, 33},  {2, 16, 16, 3, 3, 1, 1, 1, 3},  {2, 2, 2, 3, 3, 1, 1, 1, 6},
      {4, 7, 7, 1, 1, 2, 0, 2, 6},   {2, 6, 6, 3, 3, 2, 3, 1, 2}};
  const int blocks[][2] = {{1, 1}, {4, 1}, {16, 1}, {3, 2}};
  int count = 0;
  for (int threads : {1, 2}) {
    coppice_set_threads(threads);
    for (int isa = 0; isa < 3; isa++) {
      if (!coppice_has_isa(isa)) {
        continue;
      }
      for (auto& s : shapes) {
        for (auto& block : blocks) {
          for (int batch : {1, 3, 8, 17}) {
            count++;
            const double density = count % 7 == 0 ? 0 : count % 5 == 0 ? 1 : 0.3;
            if (!holds({s[0], s[1], s[2], s[3], s[4], s[5], s[6], s[7], s[8], block[0], block[1], batch, density,
                        count % 2 == 0, count % 3 == 0, count % 8 < 3, isa})) {
              return -1;
            }
          }
        }
      }
    }
  }
  return count;
}
