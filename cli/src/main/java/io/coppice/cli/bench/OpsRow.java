package io.coppice.cli.bench;

/**
 * What a sparse layer takes beside a dense one, keyed as the JSON file is.
 *
 * @param op forward, backward or train_step
 * @param out of the layer; of a training step's network, of its layer with the most weights
 * @param sparsity the fraction of weights that are absent
 * @param ratio dense over sparse: how often faster
 * @param libtorch_sparse_us of libtorch's own sparse product of that sparsity; null where it was
 *     not timed
 * @param network such as 784-300-100-10 of a training step; null for a layer
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
    String network) {

  /** The shape [out, in] of a layer, or the widths of a network. */
  String subject() {
    return network == null ? Wording.shape(out, in) : network;
  }
}
