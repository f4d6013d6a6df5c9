package io.coppice.datasets.files;

import java.net.URI;
import java.util.List;

/** The files of the published data sets, with their public hosts, sizes and checksums. */
public final class Published {
  private static final String MNIST_HOST = "https://ossci-datasets.s3.amazonaws.com/mnist/";
  private static final String FASHION_HOST =
      "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/";
  private static final String CIFAR_HOST = "https://www.cs.toronto.edu/~kriz/";

  private static final String TRAIN_IMAGES = "train-images-idx3-ubyte.gz";
  private static final String TRAIN_LABELS = "train-labels-idx1-ubyte.gz";
  private static final String TEST_IMAGES = "t10k-images-idx3-ubyte.gz";
  private static final String TEST_LABELS = "t10k-labels-idx1-ubyte.gz";

  public static final PublishedFile MNIST_TRAIN_IMAGES =
      mnist(TRAIN_IMAGES, 9_912_422, "6bbc9ace898e44ae57da46a324031adb");
  public static final PublishedFile MNIST_TRAIN_LABELS =
      mnist(TRAIN_LABELS, 28_881, "a25bea736e30d166cdddb491f175f624");
  public static final PublishedFile MNIST_TEST_IMAGES =
      mnist(TEST_IMAGES, 1_648_877, "2646ac647ad5339dbf082846283269ea");
  public static final PublishedFile MNIST_TEST_LABELS =
      mnist(TEST_LABELS, 4_542, "27ae3e4e09519cfbb04c329615203637");

  public static final PublishedFile FASHION_TRAIN_IMAGES =
      fashion(TRAIN_IMAGES, 26_421_880, "f4a8712d7a061bf5bd6d2ca38dc4d50a");
  public static final PublishedFile FASHION_TRAIN_LABELS =
      fashion(TRAIN_LABELS, 29_515, "9018921c3c673c538a1fc5bad174d6f9");
  public static final PublishedFile FASHION_TEST_IMAGES =
      fashion(TEST_IMAGES, 4_422_102, "8181f5470baa50b63fa0f6fddb340f0a");
  public static final PublishedFile FASHION_TEST_LABELS =
      fashion(TEST_LABELS, 5_148, "15d484375f8d13e6eb1aabb0c3f46965");

  public static final PublishedFile CIFAR10 =
      cifar("cifar10", "cifar-10-binary.tar.gz", 170_052_171, "c32a1d4ab5d03f1284b67883e8d87530");
  public static final PublishedFile CIFAR100 =
      cifar("cifar100", "cifar-100-binary.tar.gz", 168_513_733, "03b5dce01913d631647c71ecec9e9cb8");

  /** All of them, each data set's files together. */
  public static final List<PublishedFile> ALL =
      List.of(
          MNIST_TRAIN_IMAGES,
          MNIST_TRAIN_LABELS,
          MNIST_TEST_IMAGES,
          MNIST_TEST_LABELS,
          FASHION_TRAIN_IMAGES,
          FASHION_TRAIN_LABELS,
          FASHION_TEST_IMAGES,
          FASHION_TEST_LABELS,
          CIFAR10,
          CIFAR100);

  private Published() {}

  private static PublishedFile mnist(String name, long bytes, String md5) {
    return new PublishedFile(
        "mnist", name, URI.create(MNIST_HOST + name), bytes, Checksum.md5Unpacked(md5));
  }

  private static PublishedFile fashion(String name, long bytes, String md5) {
    return new PublishedFile(
        "fashion-mnist", name, URI.create(FASHION_HOST + name), bytes, Checksum.md5Unpacked(md5));
  }

  private static PublishedFile cifar(String folder, String name, long bytes, String md5) {
    return new PublishedFile(folder, name, URI.create(CIFAR_HOST + name), bytes, Checksum.md5(md5));
  }
}
