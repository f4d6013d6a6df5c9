// Products on emulated sparse tensor cores against sums in double precision.
#include "emulation/block.h"
#include "emulation/cuda.h"
#include "emulation/tensor.h"
#include "test/matrix.h"
#include "test/tests.h"

namespace two_of_four {

#include "device/device.cuh"
#include "device/tensor.cuh"
#include "device/stages.cuh"
#include "two_of_four/two_of_four.cu"

void launch(int x, int y, int bytes, const std::function<void()>& kernel) {
  emulation::block().launch({static_cast<unsigned>(x), static_cast<unsigned>(y), 1}, {256, 1, 1}, bytes, kernel);
}

/** Two of every four columns at most. */
Index thinned(const Index& index) {
  Index thin{index.rows, index.columns, 1, 1};
  for (int row = 0; row < index.rows; row++) {
    int group = -1;
    int inGroup = 0;
    for (int entry = index.starts[row]; entry < index.starts[row + 1]; entry++) {
      inGroup = index.indices[entry] / 4 == group ? inGroup + 1 : 1;
      group = index.indices[entry] / 4;
      if (inGroup <= 2) {
        thin.indices.push_back(index.indices[entry]);
      }
    }
    thin.starts.push_back(thin.entries());
  }
  return thin;
}

bool holds(const ProductCase& c) {
  Index index = thinned(Index::random(c.rows, c.columns, 1, 1, c.density));
  Array<Bf16> values = valuesOf<Bf16>(index);
  auto x = Array<Bf16>::normal(static_cast<long>(c.batch) * c.columns, c.shift);
  auto bias = Array<Bf16>::normal(c.rows, c.shift);
  Array<Bf16> y(static_cast<long>(c.batch) * c.rows, c.shift);
  const int pieces = covering(c.rows, 16) * covering(c.columns, 32);
  std::vector<unsigned> packed(pieces * 128);
  std::vector<unsigned> places(pieces * 16);
  launch(covering(pieces * 16, 256), 1, 0, [&] {
    coppice_pack_two_of_four(values.data(), index.starts.data(), index.indices.data(), packed.data(), places.data(),
                             c.rows, c.columns);
  });
  for (unsigned kept : places) {
    for (int i = 0; i < 32; i += 4) {
      if ((kept >> i & 3) >= (kept >> (i + 2) & 3)) {
        std::printf("places %x do not ascend\n", kept);
        return false;
      }
    }
  }
  launch(covering(c.batch, 128), covering(c.rows, 256), 98304, [&] {
    coppice_spmm_two_of_four(packed.data(), places.data(), x.data(), c.bias ? bias.data() : nullptr, c.relu, y.data(),
                             c.batch, c.rows, c.columns);
  });
  Exact exact = exactForward(index, values, x, c.batch, c.bias ? &bias : nullptr, c.relu);
  return near("y of 2:4 W " + std::to_string(c.rows) + " x " + std::to_string(c.columns) + ", batch " +
                  std::to_string(c.batch) + ": ",
              exact, y);
}

}  // namespace two_of_four

int productsOfTwoOfFour() {
  const ProductCase cases[] = {{1, 1, 1, 1, true, false, 0},        {33, 64, 7, 0.5, false, true, 0},
                               {64, 136, 33, 1, true, true, 0},     {70, 131, 20, 0.4, false, false, 1},
                               {257, 40, 3, 0.6, true, false, 1},   {100, 520, 129, 0.3, true, true, 0},
                               {96, 600, 17, 0.1, false, false, 0}, {48, 400, 130, 1, true, false, 0},
                               {20, 50, 5, 0, true, true, 0}};
  int count = 0;
  for (const ProductCase& c : cases) {
    if (!two_of_four::holds(c)) {
      return -1;
    }
    count++;
  }
  return count;
}
