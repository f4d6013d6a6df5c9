// What the products' index needs besides W's own.

/** cuts[t · blockRows + row] is the row's first entry that is not wholly left of tile t; its end for t = tiles. */
COPPICE_KERNEL void coppice_cuts(const int* starts, const int* indices, int* cuts, int blockRows, int tiles) {
  long long at = place();
  if (at >= static_cast<long long>(tiles + 1) * blockRows) {
    return;
  }
  int row = static_cast<int>(at % blockRows);
  int tile = static_cast<int>(at / blockRows);
  int low = tile == tiles ? starts[row + 1] : starts[row];
  int high = starts[row + 1];
  while (low < high) {
    int middle = low + (high - low) / 2;
    if (static_cast<long long>(indices[middle] + 1) * WIDTH <= static_cast<long long>(tile) * kTileColumns) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  cuts[at] = low;
}

/** The values of W's transpose: entry i is entry sources[i] of W turned; HEIGHT and WIDTH are the transpose's. */
COPPICE_KERNEL void coppice_turn(const Number* values, const int* sources, Number* turned, int entries) {
  long long at = place();
  if (at >= static_cast<long long>(entries) * kBlockSize) {
    return;
  }
  int within = static_cast<int>(at % kBlockSize);
  int row = within % HEIGHT;
  int column = within / HEIGHT;
  turned[at] = values[static_cast<long long>(sources[at / kBlockSize]) * kBlockSize + row * WIDTH + column];
}
