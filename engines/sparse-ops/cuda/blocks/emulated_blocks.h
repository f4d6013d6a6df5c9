// Products on tensor cores for one choice of HEIGHT and WIDTH, as the README says; to be included in a namespace of its
// own, after the kernels.

static bool holds(const ProductCase& c) {
  Index index = Index::random(c.rows, c.columns, HEIGHT, WIDTH, c.density);
  Array<Bf16> values = valuesOf<Bf16>(index);
  auto x = Array<Bf16>::normal(static_cast<long>(c.batch) * c.columns, c.shift);
  auto bias = Array<Bf16>::normal(c.rows, c.shift);
  Array<Bf16> y(static_cast<long>(c.batch) * c.rows, c.shift);
  Array<Bf16> packed(index.values());
  auto launch = [](int x, int y, int bytes, const std::function<void()>& kernel) {
    emulation::block().launch({static_cast<unsigned>(x), static_cast<unsigned>(y), 1}, {256, 1, 1}, bytes, kernel);
  };
  launch(covering(index.values(), 256), 1, 0,
         [&] { coppice_pack_blocks(values.data(), packed.data(), index.entries()); });
  launch(covering(c.batch, 128), covering(c.rows, 256), 98304, [&] {
    coppice_spmm_blocks(packed.data(), index.starts.data(), index.indices.data(), x.data(),
                        c.bias ? bias.data() : nullptr, c.relu, y.data(), c.batch, c.rows, c.columns);
  });
  Exact exact = exactForward(index, values, x, c.batch, c.bias ? &bias : nullptr, c.relu);
  return near("y of W " + std::to_string(c.rows) + " x " + std::to_string(c.columns) + " in blocks " +
                  std::to_string(HEIGHT) + " x " + std::to_string(WIDTH) + ", batch " + std::to_string(c.batch) + ": ",
              exact, y);
}

/** x [batch, features] feature-major, filled up with zeros to whole blocks and 32 examples. */
static Array<Bf16> turned(const Array<Bf16>& x, int batch, int features, int filled) {
  const int pitch = covering(batch, 32) * 32;
  Array<Bf16> to(static_cast<long>(filled) * pitch);
  for (long at = 0; at < to.count(); at++) {
    long feature = at / pitch;
    long example = at % pitch;
    bool inside = feature < features && example < batch;
    to.data()[at] = fromFloat<Bf16>(inside ? static_cast<float>(x.at(example * features + feature)) : 0);
  }
  return to;
}

static bool gradientHolds(const ProductCase& c) {
  Index index = Index::random(c.rows, c.columns, HEIGHT, WIDTH, c.density);
  auto x = Array<Bf16>::normal(static_cast<long>(c.batch) * c.columns);
  auto dy = Array<Bf16>::normal(static_cast<long>(c.batch) * c.rows);
  Array<Bf16> turnedX = turned(x, c.batch, c.columns, index.blockColumns() * WIDTH);
  Array<Bf16> turnedDy = turned(dy, c.batch, c.rows, index.blockRows() * HEIGHT);
  Array<Bf16> dvalues(index.values(), c.shift);
  const int parts = (WIDTH % 32 == 0 ? WIDTH / 32 : WIDTH / 16) * (HEIGHT % 32 == 0 ? HEIGHT / 32 : HEIGHT / 16);
  const int warps = index.entries() * parts;
  if (warps > 0) {
    emulation::block().launch({static_cast<unsigned>(covering(warps, 8)), 1, 1}, {256, 1, 1}, 0, [&] {
      coppice_sddmm_blocks(index.starts.data(), index.indices.data(), turnedDy.data(), turnedX.data(),
                           covering(c.batch, 32) * 32, dvalues.data(), index.entries(), index.blockRows());
    });
  }
  Exact exact(index.values());
  for (long b = 0; b < c.batch; b++) {
    index.forEachValue([&](long at, int row, int column) {
      exact.add(at, dy.at(b * c.rows + row) * x.at(b * c.columns + column));
    });
  }
  return near("dvalues of W " + std::to_string(c.rows) + " x " + std::to_string(c.columns) + " in blocks " +
                  std::to_string(HEIGHT) + " x " + std::to_string(WIDTH) + ", batch " + std::to_string(c.batch) + ": ",
              exact, dvalues);
}

static int products() {
  const ProductCase cases[] = {{1, 1, 1, 1, true, false, 0},        {33, 64, 7, 0.5, false, true, 0},
                               {64, 136, 33, 0.5, true, true, 0},   {70, 131, 20, 0.4, false, false, 1},
                               {257, 40, 3, 0.6, true, false, 1},   {100, 520, 129, 0.3, true, true, 0},
                               {96, 600, 17, 0.1, false, false, 0}, {48, 400, 130, 1, true, false, 0},
                               {20, 50, 5, 0, true, true, 0},       {31, 264, 9, 0.7, false, false, 1}};
  int count = 0;
  for (const ProductCase& c : cases) {
    if (!holds(c) || !gradientHolds(c)) {
      return -1;
    }
    count++;
  }
  return count;
}
