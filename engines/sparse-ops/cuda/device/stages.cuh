// x in bf16 on its way to shared memory: 128 columns of 128 examples at a time, two such stages ahead of the work.
static constexpr int kStageColumns = 128;
static constexpr int kStageExamples = 128;
static constexpr int kStages = 3;

// Columns are copied 8 at a time, 16 bytes.
static constexpr int kPieces = kStageColumns / 8;

typedef Vector<unsigned, 4> Piece;

/** Neighbouring rows keep the same columns in other banks. */
COPPICE_INLINE int pieceAt(int example, int piece) { return example * kPieces + (piece ^ (example & 7)); }

COPPICE_INLINE void fill(Piece* stages, int number, const Bf16* x, int firstExample, int batch, int columns) {
  Piece* stage = stages + number % kStages * kStageExamples * kPieces;
  const int firstColumn = number * kStageColumns;
  const bool aligned = columns % 8 == 0 && isAligned(x, 16);
#pragma unroll
  for (int i = 0; i < kStageExamples * kPieces / 256; i++) {
    int at = i * 256 + threadIdx.x;
    int example = firstExample + at / kPieces;
    int column = firstColumn + at % kPieces * 8;
    Piece* to = stage + pieceAt(at / kPieces, at % kPieces);
    int left = example < batch && column < columns ? columns - column : 0;
    const Bf16* from = x + (left > 0 ? static_cast<long long>(example) * columns + column : 0);
    if (aligned) {
      copyLater(to, from, left >= 8 ? 16 : 0);
    } else {
      Vector<Bf16, 8> numbers;
#pragma unroll
      for (int j = 0; j < 8; j++) {
        numbers.at[j] = j < left ? from[j] : static_cast<Bf16>(0);
      }
      storeVector<Bf16, 8>(reinterpret_cast<Bf16*>(to), numbers);
    }
  }
}

COPPICE_INLINE int stageCount(int columns) { return (columns - 1) / kStageColumns + 1; }

/** Sets out for the first stages. */
COPPICE_INLINE void begin(Piece* stages, const Bf16* x, int firstExample, int batch, int columns) {
#pragma unroll
  for (int i = 0; i < kStages - 1; i++) {
    if (i < stageCount(columns)) {
      fill(stages, i, x, firstExample, batch, columns);
    }
    endCopies();
  }
}

/** Waits for a stage, which is good until the next call, and sets out for a later one. */
COPPICE_INLINE const Piece* advance(Piece* stages, int number, const Bf16* x, int firstExample, int batch,
                                    int columns) {
  waitForCopies<kStages - 2>();
  __syncthreads();
  if (number + kStages - 1 < stageCount(columns)) {
    fill(stages, number + kStages - 1, x, firstExample, batch, columns);
  }
  endCopies();
  return stages + number % kStages * kStageExamples * kPieces;
}
