// How W [rows, columns] in blocks HEIGHT × WIDTH is shared out among the warps.
#ifndef HEIGHT
#define HEIGHT 1
#endif
#ifndef WIDTH
#define WIDTH 1
#endif
#ifndef TILE
#define TILE 128
#endif

// Rows of a block that one warp treats; taller blocks are cut into parts.
static constexpr int kPartRows = HEIGHT < 16 ? HEIGHT : 16;
static constexpr int kParts = (HEIGHT + 15) / 16;
static constexpr int kBlockSize = HEIGHT * WIDTH;

// Columns of a tile: whole blocks, as long as they are no wider.
static constexpr int kTileColumns = WIDTH <= 64 ? 64 / WIDTH * WIDTH : 64;

// Examples per lane.
static constexpr int kExamples = TILE / 32;

typedef Vector<Number, kExamples> Examples;
