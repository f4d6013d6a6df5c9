package io.coppice.engines.sparse.cuda;

/** A version of CUDA, such as a driver serves or a compiler belongs to. */
record CudaVersion(int major, int minor) implements Comparable<CudaVersion> {

  /** From the driver's number, 1000 · major + 10 · minor. */
  static CudaVersion of(int number) {
    return new CudaVersion(number / 1000, number % 1000 / 10);
  }

  @Override
  public int compareTo(CudaVersion other) {
    return major == other.major
        ? Integer.compare(minor, other.minor)
        : Integer.compare(major, other.major);
  }

  @Override
  public String toString() {
    return major + "." + minor;
  }
}
