package io.coppice.engines.sparse.cuda;

import ai.djl.Device;

/**
 * What runs kernels on memory of its own: a GPU by its driver. Tests have one that runs the same
 * kernels, compiled for the host. What is launched runs in order; reading waits for it.
 */
interface KernelDevice {

  /** Whose memory the tensors lie in. */
  Device device();

  /** The blocks of threads that can run side by side, at the least. */
  int multiprocessors();

  /** Whether kernels can be had with any defines, or else with the usual ones only. */
  boolean compiles();

  /** Runs work that calls the other methods. */
  void inContext(Runnable work);

  /** New memory from a multiple of 256 bytes on, of at least one byte. */
  long allocate(long bytes);

  /** Frees memory, once what was launched is done with it. */
  void free(long address);

  /** Copies from the host's memory, which may change afterwards. */
  void write(long to, long hostFrom, long bytes);

  /** Copies to the host's memory. */
  void read(long hostTo, long from, long bytes);

  /** Copies within the device's memory. */
  void copy(long to, long from, long bytes);

  /** Waits for what was launched. */
  void await();

  /** The handle of a kernel, compiled when it is first asked for. */
  long kernel(KernelSource source, String name);

  /** Runs a kernel on blocks of {@link Grid#THREADS} threads. */
  default void launch(long kernel, Grid grid, KernelArguments arguments) {
    launch(kernel, grid, 0, arguments);
  }

  /**
   * Runs a kernel with shared memory of a length that it does not say itself.
   *
   * @param sharedBytes for each block of threads
   */
  void launch(long kernel, Grid grid, int sharedBytes, KernelArguments arguments);
}
