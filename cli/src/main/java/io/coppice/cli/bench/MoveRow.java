package io.coppice.cli.bench;

/**
 * What it takes a layer's index to follow a changed topology in place, keyed as the JSON file is.
 *
 * @param sparsity the fraction of weights that are absent
 * @param entries the weights, or blocks of them, that there are
 * @param with_transpose_us the move, and the transposed index that the next backward pass needs
 */
record MoveRow(
    String layout,
    int out,
    int in,
    double sparsity,
    int entries,
    double move_us,
    double with_transpose_us) {}
