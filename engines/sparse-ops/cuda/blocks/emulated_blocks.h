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

static int products() {
  const ProductCase cases[] = {{1, 1, 1, 1, true, false, 0},        {33, 64, 7, 0.5, false, true, 0},
                               {64, 136, 33, 0.5, true, true, 0},   {70, 131, 20, 0.4, false, false, 1},
                               {257, 40, 3, 0.6, true, false, 1},   {100, 520, 129, 0.3, true, true, 0},
                               {96, 600, 17, 0.1, false, false, 0}, {48, 400, 130, 1, true, false, 0},
                               {20, 50, 5, 0, true, true, 0},       {31, 264, 9, 0.7, false, false, 1}};
  int count = 0;
  for (const ProductCase& c : cases) {
    if (!holds(c)) {
      return -1;
    }
    count++;
  }
  return count;
}
