// turned[f, b] = x[b, f], 0 where the mask y is not above 0 and where turned is filled up. A block turns 32 × 32 numbers
// through shared memory, so that reads and writes both run along rows: bound by memory bandwidth.

static constexpr int kSide = 32;

COPPICE_KERNEL void coppice_transpose(const Number* x, const Number* y, Number* turned, int batch, int features,
                                      int pitch, int filledFeatures) {
  __shared__ Number square[kSide][kSide + 1];
  int across = threadIdx.x % kSide;
  int firstDown = threadIdx.x / kSide;
  int firstExample = blockIdx.x * kSide;
  int firstFeature = blockIdx.y * kSide;
  for (int down = firstDown; down < kSide; down += 256 / kSide) {
    int example = firstExample + down;
    int feature = firstFeature + across;
    long long at = static_cast<long long>(example) * features + feature;
    bool inside = example < batch && feature < features;
    bool passes = inside && (y == nullptr || toFloat(y[at]) > 0);
    square[down][across] = passes ? x[at] : toNumber(0);
  }
  __syncthreads();
  for (int down = firstDown; down < kSide; down += 256 / kSide) {
    int feature = firstFeature + down;
    if (feature < filledFeatures) {
      turned[static_cast<long long>(feature) * pitch + firstExample + across] = square[across][down];
    }
  }
}

/** masked = dy, 0 where y is not above 0. */
COPPICE_KERNEL void coppice_mask(const Number* dy, const Number* y, Number* masked, int count) {
  long long at = place();
  if (at < count) {
    masked[at] = toFloat(y[at]) > 0 ? dy[at] : toNumber(0);
  }
}

COPPICE_KERNEL void coppice_to_bf16(const float* from, Bf16* to, int count) {
  long long at = place();
  if (at < count) {
    to[at] = toBf16(from[at]);
  }
}

COPPICE_KERNEL void coppice_to_float(const Bf16* from, float* to, int count) {
  long long at = place();
  if (at < count) {
    to[at] = toFloat(from[at]);
  }
}
