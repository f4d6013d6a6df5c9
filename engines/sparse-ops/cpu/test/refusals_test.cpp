// What the C interface refuses: the status, and the sentence that goes with it.
#include <climits>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <vector>

#include "abi/coppice_sparse.h"
#include "test/tests.h"

namespace {

const int kTooLarge = 2;
const int kRefused = 3;

/** Compares statuses and sentences, and counts those that are right. */
struct Refusals {
  int right = 0;
  bool wrong = false;

  void expect(int32_t status, const char* sentence, int32_t given) {
    if (given == status && (status == 0 || std::strcmp(coppice_problem(), sentence) == 0)) {
      right++;
      return;
    }
    wrong = true;
    std::printf("status %d, not %d: \"%s\", not \"%s\"\n", given, status, coppice_problem(), sentence);
  }
};

int32_t create(int isa, int rows, int columns, int height, int width, std::vector<int32_t> starts,
               std::vector<int32_t> blockColumns) {
  void* product = nullptr;
  const int32_t status =
      coppice_product_create(isa, rows, columns, height, width, starts.data(), blockColumns.data(), &product);
  coppice_product_destroy(product);
  return status;
}

void matrices(Refusals& refusals) {
  auto expect = [&](const char* sentence, int32_t given) { refusals.expect(kRefused, sentence, given); };
  expect("isa is 7; allowed: what coppice_has_isa says is there", create(7, 1, 1, 1, 1, {0, 0}, {}));
  expect("rows is 0; allowed: at least 1", create(0, 0, 1, 1, 1, {0}, {}));
  expect("columns is -1; allowed: at least 1", create(0, 1, -1, 1, 1, {0, 0}, {}));
  expect("height is 0; allowed: at least 1", create(0, 1, 1, 0, 1, {0, 0}, {}));
  expect("width is 0; allowed: at least 1", create(0, 1, 1, 1, 0, {0, 0}, {}));
  expect("starts[0] is 1; allowed: 0", create(0, 1, 2, 1, 1, {1, 2}, {0, 1}));
  expect("starts[2] is 1; allowed: at least the one before, 2", create(0, 2, 2, 1, 1, {0, 2, 1}, {0, 1}));
  expect("starts[1] is -3; allowed: at least the one before, 0", create(0, 1, 2, 1, 1, {0, -3}, {}));
  expect("block_columns[0] is -1; allowed: ascending, at least 0 and below 2", create(0, 1, 2, 1, 1, {0, 1}, {-1}));
  expect("block_columns[0] is 2; allowed: ascending, at least 0 and below 2", create(0, 1, 2, 1, 1, {0, 1}, {2}));
  expect("block_columns[1] is 0; allowed: ascending, at least 1 and below 2", create(0, 1, 2, 1, 1, {0, 2}, {0, 0}));
  expect("block_columns[0] is 1; allowed: ascending, at least 0 and below 1", create(0, 4, 2, 4, 2, {0, 1}, {1}));
  void* product = nullptr;
  const int32_t starts[] = {0, 1};
  const int32_t column[] = {0};
  expect("starts is NULL; allowed: an address", coppice_product_create(0, 1, 1, 1, 1, nullptr, nullptr, &product));
  expect("block_columns is NULL; allowed: an address",
         coppice_product_create(0, 1, 1, 1, 1, starts, nullptr, &product));
  expect("product is NULL; allowed: an address", coppice_product_create(0, 1, 1, 1, 1, starts, column, nullptr));
}

void sizes(Refusals& refusals) {
  for (int height : {1, 4}) {
    for (int columns : {INT_MAX, (1 << 30) + 1}) {
      char sentence[100];
      std::snprintf(sentence, sizeof sentence, "columns is %d; allowed: at most 1073741824", columns);
      refusals.expect(kTooLarge, sentence, create(0, 1, columns, height, 1, {0, 0}, {}));
      std::snprintf(sentence, sizeof sentence, "rows is %d; allowed: at most 1073741824", columns);
      refusals.expect(kTooLarge, sentence, create(0, columns, 1, height, 1, {0, 0}, {}));
    }
    refusals.expect(0, "", create(0, 1, 1 << 30, height, 1, {0, 0}, {}));
    refusals.expect(0, "", create(0, 1, 1 << 30, height, 1, {0, 2}, {0, (1 << 30) - 1}));
  }
  refusals.expect(kTooLarge, "columns, filled up to whole blocks, is 1073741826; allowed: at most 1073741824",
                  create(0, 1, 1 << 30, 1, 3, {0, 0}, {}));
  refusals.expect(kTooLarge, "rows, filled up to whole blocks, is 2147483647; allowed: at most 1073741824",
                  create(0, 1, 1, INT_MAX, 1, {0, 0}, {}));
  refusals.expect(kTooLarge, "entries · height · width is 2147483648; allowed: at most 2147483647",
                  create(0, 1 << 20, 1 << 12, 1 << 20, 1 << 11, {0, 2}, {0, 1}));
}

void products(Refusals& refusals) {
  auto expect = [&](const char* sentence, int32_t given) { refusals.expect(kRefused, sentence, given); };
  const int32_t starts[] = {0, 2};
  const int32_t columns[] = {0, 2};
  const int32_t others[] = {1, 2};
  const int32_t unsorted[] = {2, 1};
  const float values[] = {2, 3};
  const float x[] = {1, 10, 100};
  float y[] = {NAN}, dx[3], dvalues[2];
  void* product = nullptr;
  refusals.expect(0, "", coppice_product_create(0, 1, 3, 1, 1, starts, columns, &product));
  expect("handle is NULL; allowed: an address", coppice_product_forward(nullptr, values, x, 1, nullptr, 0, y));
  expect("batch is 0; allowed: at least 1", coppice_product_forward(product, values, x, 0, nullptr, 0, y));
  expect("values is NULL; allowed: an address", coppice_product_forward(product, nullptr, x, 1, nullptr, 0, y));
  expect("x is NULL; allowed: an address", coppice_product_forward(product, values, nullptr, 1, nullptr, 0, y));
  expect("y is NULL; allowed: an address", coppice_product_forward(product, values, x, 1, nullptr, 0, nullptr));
  refusals.expect(kTooLarge, "batch is 2147483647; allowed: at most 1073741824",
                  coppice_product_forward(product, values, x, INT_MAX, nullptr, 0, y));
  expect("dy is NULL; allowed: an address",
         coppice_product_backward(product, values, x, nullptr, nullptr, 1, dx, nullptr, nullptr, 0));
  expect("values is NULL; allowed: an address",
         coppice_product_backward(product, nullptr, x, nullptr, x, 1, dx, nullptr, nullptr, 0));
  expect("x is NULL; allowed: an address",
         coppice_product_backward(product, values, nullptr, nullptr, x, 1, nullptr, dvalues, nullptr, 0));
  expect("block_columns[1] is 1; allowed: ascending, at least 3 and below 3",
         coppice_product_move(product, starts, unsorted));
  refusals.expect(0, "", coppice_product_forward(product, values, x, 1, nullptr, 0, y));
  refusals.wrong |= y[0] != 302;
  refusals.expect(0, "", coppice_product_move(product, starts, others));
  refusals.expect(0, "", coppice_product_forward(product, values, x, 1, nullptr, 0, y));
  refusals.wrong |= y[0] != 320;
  coppice_product_destroy(product);
}

int32_t convolve(int rows, int channels, int imageHeight, int imageWidth, int kernel, int stride, int padding,
                 int groups, std::vector<int32_t> blockColumns = {}) {
  const int32_t starts[] = {0, static_cast<int32_t>(blockColumns.size())};
  void* convolution = nullptr;
  const int32_t status =
      coppice_convolution_create(0, rows, channels, imageHeight, imageWidth, kernel, kernel, stride, padding, groups,
                                 rows, 1, starts, blockColumns.data(), &convolution);
  coppice_convolution_destroy(convolution);
  return status;
}

void convolutions(Refusals& refusals) {
  auto expect = [&](const char* sentence, int32_t given) { refusals.expect(kRefused, sentence, given); };
  auto tooLarge = [&](const char* sentence, int32_t given) { refusals.expect(kTooLarge, sentence, given); };
  expect("rows is 0; allowed: at least 1", convolve(0, 1, 1, 1, 1, 1, 0, 1));
  expect("channels is 0; allowed: at least 1", convolve(1, 0, 1, 1, 1, 1, 0, 1));
  expect("image height is 0; allowed: at least 1", convolve(1, 1, 0, 1, 1, 1, 0, 1));
  expect("image width is -5; allowed: at least 1", convolve(1, 1, 1, -5, 1, 1, 0, 1));
  expect("stride is 0; allowed: at least 1", convolve(1, 1, 1, 1, 1, 0, 0, 1));
  expect("padding is -1; allowed: at least 0", convolve(1, 1, 1, 1, 1, 1, -1, 1));
  expect("groups is 0; allowed: at least 1", convolve(1, 1, 1, 1, 1, 1, 0, 0));
  expect("kernel height is 0; allowed: at least 1", convolve(1, 1, 1, 1, 0, 1, 0, 1));
  expect("kernel width is 5; allowed: at most the padded size 4", convolve(1, 1, 9, 2, 5, 1, 1, 1));
  expect("groups is 2; allowed: a divisor of channels 4 and of rows 3", convolve(3, 4, 5, 5, 1, 1, 0, 2));
  expect("block_columns[0] is 9; allowed: ascending, at least 0 and below 9", convolve(1, 1, 5, 5, 3, 1, 0, 1, {9}));
  tooLarge("stride is 2147483647; allowed: at most 4096", convolve(1, 1, 1, 1, 1, INT_MAX, 0, 1));
  tooLarge("padded image height is 4294967295; allowed: at most 1073741824", convolve(1, 1, 1, 1, 1, 1, INT_MAX, 1));
  tooLarge("padded image width is 2147483647; allowed: at most 1073741824", convolve(1, 1, 1, INT_MAX, 1, 1, 0, 1));
  tooLarge("numbers of an image is 2147483648; allowed: at most 2147483647",
           convolve(1, 2, 1 << 15, 1 << 15, 1, 1, 0, 1));
  tooLarge("columns is 2147483648; allowed: at most 1073741824", convolve(1, 2, 3, 3, 1 << 15, 1, 1 << 15, 1));
  tooLarge("numbers of an output is 2147483648; allowed: at most 2147483647",
           convolve(1, 1, 3, 3, 1, 1, 1 << 20, 1));
  tooLarge("padded images are 26522500 · 9 · 9 numbers; allowed: below 2^31", convolve(1, 1, 2, 2, 9, 9, 23170, 1));
}

void steps(Refusals& refusals) {
  float numbers[] = {1, 2};
  auto sgd = [&](int isa, float* w, float* g, long count) {
    return coppice_sgd(isa, w, g, nullptr, nullptr, count, 1, 0, 0, 0);
  };
  auto adam = [&](int isa, float* m, float* s, long count) {
    return coppice_adam(isa, numbers, numbers, m, s, nullptr, count, 0.9, 0.99, 1, 1, 1, 0, 1);
  };
  auto expect = [&](const char* sentence, int32_t given) { refusals.expect(kRefused, sentence, given); };
  expect("isa is -1; allowed: what coppice_has_isa says is there", sgd(-1, numbers, numbers, 2));
  expect("count is -1; allowed: at least 0", sgd(0, numbers, numbers, -1));
  expect("parameters is NULL; allowed: an address", sgd(0, nullptr, numbers, 2));
  expect("gradients is NULL; allowed: an address", sgd(0, numbers, nullptr, 2));
  refusals.expect(0, "", sgd(0, nullptr, nullptr, 0));
  expect("isa is 3; allowed: what coppice_has_isa says is there", adam(3, numbers, numbers, 2));
  expect("means is NULL; allowed: an address", adam(0, nullptr, numbers, 2));
  expect("squares is NULL; allowed: an address", adam(0, numbers, nullptr, 2));
  refusals.expect(0, "", adam(0, nullptr, nullptr, 0));
}

}  // namespace

int refusals() {
  Refusals refusals;
  matrices(refusals);
  sizes(refusals);
  products(refusals);
  convolutions(refusals);
  steps(refusals);
  return refusals.wrong ? -1 : refusals.right;
}
