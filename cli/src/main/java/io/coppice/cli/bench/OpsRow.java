package io.coppice.cli.bench;

/**
 * What a sparse form takes beside a dense one, keyed as the JSON file is.
 *
 * @param op forward, backward, train_step or conv2d
 * @param out the outputs of the layer, channels of a convolution; of a training step's network,
 *     those of its layer with the most weights
 * @param sparsity the fraction of weights that are absent
 * @param ratio dense over sparse: how often faster
 * @param libtorch_sparse_us of libtorch's own sparse product of that sparsity; null where it was
 *     not timed
 * @param precision of the numbers that were multiplied, dense and sparse: float32 or bfloat16
 * @param subject what was timed: a matrix, a network's widths or a convolution
 */
record OpsRow(
    String op,
    String layout,
    int out,
    int in,
    int batch,
    double sparsity,
    int threads,
    double dense_us,
    double sparse_us,
    double ratio,
    Double libtorch_sparse_us,
    String precision,
    String subject) {}
