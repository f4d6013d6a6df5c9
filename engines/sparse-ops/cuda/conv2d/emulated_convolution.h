// A convolution with the kernels of one choice of COPPICE_BF16, launched under the emulation as the README says; to be
// included in a namespace of its own, after the kernels.

static double factor(double number) { return asFloat(fromFloat<Number>(static_cast<float>(number))); }

static void launch(int x, int y, const std::function<void()>& kernel) {
  if (x * y > 0) {
    emulation::block().launch({static_cast<unsigned>(x), static_cast<unsigned>(y), 1}, {256, 1, 1}, 0, kernel);
  }
}

static std::vector<int> offsetsOf(const ConvolutionShape& s, const Index& index, int spreadHeight,
                                  int spreadWidth, int flipped) {
  std::vector<int> offsets(index.entries());
  launch(covering(index.entries(), 256), 1, [&] {
    coppice_offsets(index.indices.data(), offsets.data(), index.entries(), s.kernelHeight, s.kernelWidth, spreadHeight,
                    spreadWidth, flipped);
  });
  return offsets;
}

/** What is multiplied is rounded to Number first; sums and results are not. */
static bool holds(const ConvolutionShape& s) {
  Index weights = Index::random(s.channelsOut, s.columns(), 1, 1, s.density);
  Array<float> values = valuesOf<float>(weights);
  auto x = Array<float>::normal(s.batch * s.channelsIn * s.height * s.width);
  auto bias = Array<float>::normal(s.channelsOut);
  auto dy = Array<float>::normal(s.outputs());
  Array<float> y(s.outputs());

  const int padHeight = s.height + 2 * s.padding;
  const int padWidth = s.width + 2 * s.padding;
  const int planesIn = s.batch * s.channelsIn;
  Array<Number> padded(planesIn * padHeight * padWidth);
  launch(covering(padded.count(), 256), 1, [&] {
    coppice_spread(x.data(), nullptr, padded.data(), planesIn, s.height, s.width, 1, s.padding, s.padding, padHeight,
                   padWidth);
  });
  std::vector<int> offsets = offsetsOf(s, weights, padHeight, padWidth, 0);
  Array<Number> multiplied(weights.values());
  launch(covering(weights.values(), 256), 1,
         [&] { coppice_gather(values.data(), nullptr, multiplied.data(), weights.values()); });
  launch(covering(s.outputs() / s.channelsOut, 128), covering(s.channelsOut, 8), [&] {
    coppice_conv2d(multiplied.data(), weights.starts.data(), offsets.data(), padded.data(),
                   s.bias ? bias.data() : nullptr, s.relu, y.data(), s.batch, s.channelsOut, s.outputHeight(),
                   s.outputWidth(), s.channelsIn, padHeight, padWidth, s.stride, s.groups);
  });
  Exact exactY(y.count());
  for (long at = 0; s.bias && at < y.count(); at++) {
    exactY.add(at, bias.at(at / (s.outputHeight() * s.outputWidth()) % s.channelsOut));
  }
  forEachProduct(s, weights, [&](long output, long input, long at) {
    exactY.add(output, factor(x.at(input)) * factor(values.at(at)));
  });
  for (double& sum : exactY.sums) {
    sum = s.relu && sum < 0 ? 0 : sum;
  }

  float* mask = s.relu ? y.data() : nullptr;
  const int spreadHeight = s.height + s.kernelHeight - 1;
  const int spreadWidth = s.width + s.kernelWidth - 1;
  const int planesOut = s.batch * s.channelsOut;
  Array<Number> spread(planesOut * spreadHeight * spreadWidth);
  launch(covering(spread.count(), 256), 1, [&] {
    coppice_spread(dy.data(), mask, spread.data(), planesOut, s.outputHeight(), s.outputWidth(), s.stride,
                   s.kernelHeight - 1 - s.padding, s.kernelWidth - 1 - s.padding, spreadHeight, spreadWidth);
  });
  Transposed turned = byChannelsIn(s, weights);
  std::vector<int> turnedOffsets = offsetsOf(s, turned.index, spreadHeight, spreadWidth, 1);
  Array<Number> gathered(weights.values());
  launch(covering(weights.values(), 256), 1, [&] {
    coppice_gather(values.data(), turned.sources.data(), gathered.data(), weights.values());
  });
  Array<float> dx(x.count());
  launch(covering(s.batch * s.height * s.width, 128), covering(s.channelsIn, 8), [&] {
    coppice_conv2d(gathered.data(), turned.index.starts.data(), turnedOffsets.data(), spread.data(), nullptr, 0,
                   dx.data(), s.batch, s.channelsIn, s.height, s.width, s.channelsOut, spreadHeight, spreadWidth, 1,
                   s.groups);
  });
  Array<Number> gradients(dy.count());
  launch(covering(dy.count(), 256), 1, [&] {
    coppice_spread(dy.data(), nullptr, gradients.data(), planesOut, s.outputHeight(), s.outputWidth(), 1, 0, 0,
                   s.outputHeight(), s.outputWidth());
  });
  Array<float> dvalues(weights.values());
  launch(covering(weights.values(), 8), 1, [&] {
    coppice_conv2d_dvalues(weights.starts.data(), offsets.data(), padded.data(), gradients.data(), mask, dvalues.data(),
                           weights.values(), s.batch, s.channelsOut, s.outputHeight(), s.outputWidth(), s.channelsIn,
                           padHeight, padWidth, s.stride, s.groups);
  });
  Exact exactDx(dx.count());
  Exact exactDvalues(dvalues.count());
  auto gradient = [&](long output) { return s.relu && y.at(output) <= 0 ? 0 : dy.at(output); };
  forEachProduct(s, weights, [&](long output, long input, long at) {
    exactDx.add(input, factor(gradient(output)) * factor(values.at(at)));
    exactDvalues.add(at, factor(gradient(output)) * factor(x.at(input)));
  });
  std::string shape = s.text() + ", " + std::to_string(sizeof(Number)) + " bytes";
  return near("y" + shape, exactY, y) && near("dx" + shape, exactDx, dx) &&
         near("dvalues" + shape, exactDvalues, dvalues);
}

