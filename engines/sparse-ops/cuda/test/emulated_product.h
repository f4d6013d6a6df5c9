// A product with the kernels of one choice of HEIGHT, WIDTH, TILE, WARP_ROWS and COPPICE_BF16, launched under the
// emulation as the README says; to be included in a namespace of its own, after the kernels.

static dim3 grid(long x, long y = 1, long z = 1) {
  return {static_cast<unsigned>(x), static_cast<unsigned>(y), static_cast<unsigned>(z)};
}

template <class Kernel>
static void launch(dim3 grid, const Kernel& kernel) {
  if (grid.x * grid.y * grid.z > 0) {
    emulation::block().launch(grid, {256, 1, 1}, 0, kernel);
  }
}

static int filledUp(int features, int block) {
  int tile = block <= 64 ? 64 / block * block : 64;
  return std::max(covering(features, tile) * tile, covering(features, block) * block);
}

static Array<Number> turned(Array<Number>& x, Number* mask, int batch, int features, int filled) {
  int pitch = covering(batch, TILE) * TILE;
  Array<Number> to(static_cast<long>(filled) * pitch);
  launch(grid(pitch / 32, covering(filled, 32)),
         [&] { coppice_transpose(x.data(), mask, to.data(), batch, features, pitch, filled); });
  return to;
}

static std::vector<int> cutsOf(const Index& index) {
  int tiles = covering(index.columns, kTileColumns);
  std::vector<int> cuts(static_cast<long>(tiles + 1) * index.blockRows());
  launch(grid(covering(cuts.size(), 256)), [&] {
    coppice_cuts(index.starts.data(), index.indices.data(), cuts.data(), index.blockRows(), tiles);
  });
  return cuts;
}

static void multiply(const Index& index, Array<Number>& values, Array<Number>& turnedX, int batch, Number* bias,
                     bool relu, Array<Number>& y) {
  std::vector<int> cuts = cutsOf(index);
  int pitch = covering(batch, TILE) * TILE;
  int units = index.blockRows() * covering(index.height, 16);
  int group = std::max(1, WARP_ROWS / std::min(index.height, 16));
  launch(grid(pitch / TILE, covering(units, 8 * group)), [&] {
    coppice_spmm(values.data(), index.indices.data(), cuts.data(), turnedX.data(), pitch, bias, relu, y.data(), batch,
                 index.rows, covering(index.columns, kTileColumns));
  });
}

static void multiplyFew(const Index& index, Array<Number>& values, Array<Number>& x, int batch, Number* bias, bool relu,
                        Array<Number>& y) {
  launch(grid(covering(batch, 4), covering(static_cast<long>(index.blockRows()) * covering(index.height, 4), 8)), [&] {
    coppice_spmm_few(values.data(), index.starts.data(), index.indices.data(), x.data(), bias, relu, y.data(), batch,
                     index.rows, index.columns);
  });
}

static std::string named(const char* what, const ProductCase& c) {
  return std::string(what) + " of W " + std::to_string(c.rows) + " x " + std::to_string(c.columns) + " in blocks " +
         std::to_string(HEIGHT) + " x " + std::to_string(WIDTH) + ", tile " + std::to_string(TILE) + ", " +
         std::to_string(sizeof(Number)) + " bytes, density " + std::to_string(c.density) + ", batch " +
         std::to_string(c.batch) + ": ";
}

static bool forwardHolds(const ProductCase& c) {
  Index index = Index::random(c.rows, c.columns, HEIGHT, WIDTH, c.density);
  Array<Number> values = valuesOf<Number>(index);
  auto x = Array<Number>::normal(static_cast<long>(c.batch) * c.columns, c.shift);
  auto bias = Array<Number>::normal(c.rows, c.shift);
  Array<Number> y(static_cast<long>(c.batch) * c.rows, c.shift);
  Array<Number> few(y.count(), c.shift);
  Array<Number> turnedX = turned(x, nullptr, c.batch, c.columns, filledUp(c.columns, WIDTH));
  multiply(index, values, turnedX, c.batch, c.bias ? bias.data() : nullptr, c.relu, y);
  Exact exact = exactForward(index, values, x, c.batch, c.bias ? &bias : nullptr, c.relu);
  if (!near(named("y", c), exact, y)) {
    return false;
  }
  if (c.batch > 8) {
    return true;
  }
  multiplyFew(index, values, x, c.batch, c.bias ? bias.data() : nullptr, c.relu, few);
  return near(named("y of few", c), exact, few);
}

/** dx needs the kernels of the transpose, which swap HEIGHT and WIDTH: here W is the transpose of the product's matrix. */
static bool gradientOfInputsHolds(const ProductCase& c) {
  Index product = Index::random(c.columns, c.rows, WIDTH, HEIGHT, c.density);
  Transposed transposed(product);
  Array<Number> values = valuesOf<Number>(product);
  auto dy = Array<Number>::normal(static_cast<long>(c.batch) * product.rows, c.shift);
  auto y = Array<Number>::normal(dy.count(), c.shift);
  Array<Number> turnedValues(product.values());
  launch(grid(covering(product.values(), 256)), [&] {
    coppice_turn(values.data(), transposed.sources.data(), turnedValues.data(), product.entries());
  });
  Array<Number> turnedDy = turned(dy, c.relu ? y.data() : nullptr, c.batch, product.rows, filledUp(product.rows, WIDTH));
  Array<Number> dx(static_cast<long>(c.batch) * product.columns, c.shift);
  multiply(transposed.index, turnedValues, turnedDy, c.batch, nullptr, false, dx);
  Exact exact(dx.count());
  for (long b = 0; b < c.batch; b++) {
    product.forEachValue([&](long at, int row, int column) {
      long output = b * product.rows + row;
      double gradient = c.relu && y.at(output) <= 0 ? 0 : dy.at(output);
      exact.add(b * product.columns + column, gradient * values.at(at));
    });
  }
  return near(named("dx", c), exact, dx);
}

static bool gradientOfValuesHolds(const ProductCase& c) {
  Index index = Index::random(c.rows, c.columns, HEIGHT, WIDTH, c.density);
  auto x = Array<Number>::normal(static_cast<long>(c.batch) * c.columns, c.shift);
  auto dy = Array<Number>::normal(static_cast<long>(c.batch) * c.rows, c.shift);
  auto y = Array<Number>::normal(dy.count(), c.shift);
  Array<Number> turnedX = turned(x, nullptr, c.batch, c.columns, filledUp(c.columns, WIDTH));
  Array<Number> turnedDy = turned(dy, c.relu ? y.data() : nullptr, c.batch, c.rows, filledUp(c.rows, HEIGHT));
  std::vector<int> cuts = cutsOf(index);
  int pitch = covering(c.batch, TILE) * TILE;
  int chunk = 2 * TILE;
  int chunks = covering(pitch, chunk);
  int tiles = covering(c.columns, kTileColumns);
  Array<float> parts(static_cast<long>(chunks) * index.values());
  Array<Number> dvalues(index.values(), c.shift);
  launch(grid(tiles, covering(static_cast<long>(index.blockRows()) * covering(HEIGHT, 16), 32), chunks), [&] {
    coppice_sddmm(index.indices.data(), cuts.data(), turnedDy.data(), turnedX.data(), pitch, chunk, parts.data(),
                  index.blockRows(), tiles, index.values());
  });
  launch(grid(covering(index.values(), 256)),
         [&] { coppice_sum_parts(parts.data(), dvalues.data(), index.values(), chunks); });
  Array<Number> dbias(c.rows, c.shift);
  launch(grid(c.rows), [&] { coppice_sum_planes(turnedDy.data(), nullptr, dbias.data(), 1, c.rows, pitch); });
  Exact exactValues(index.values());
  Exact exactBias(c.rows);
  for (long b = 0; b < c.batch; b++) {
    auto gradient = [&](int row) { return c.relu && y.at(b * c.rows + row) <= 0 ? 0 : dy.at(b * c.rows + row); };
    index.forEachValue(
        [&](long at, int row, int column) { exactValues.add(at, gradient(row) * x.at(b * c.columns + column)); });
    for (int row = 0; row < c.rows; row++) {
      exactBias.add(row, gradient(row));
    }
  }
  return near(named("dvalues", c), exactValues, dvalues) && near(named("dbias", c), exactBias, dbias);
}

/** How many cases are right, or -1; every batch meets small and large matrices, empty, sparse and full ones. */
static int products() {
  const int sizes[][2] = {{1, 1}, {1, 7}, {5, 1}, {17, 33}, {70, 131}, {33, 64}, {8, 200}, {130, 68}};
  const int batches[] = {1, 3, 4, 8, 31, 32, 33, 64, 65, 128, 129};
  int count = 0;
  for (const auto& size : sizes) {
    for (double density : {0.1, count % 4 == 0 ? 0.0 : 1.0}) {
      int batch = batches[count * 7 % 11];
      ProductCase c{size[0], size[1], batch, density, count % 2 == 0, count % 3 == 0, count % 5 == 1};
      if (!forwardHolds(c) || !gradientOfInputsHolds(c) || !gradientOfValuesHolds(c)) {
        return -1;
      }
      count++;
    }
  }
  return count;
}
