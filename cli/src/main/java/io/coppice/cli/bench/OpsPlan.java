package io.coppice.cli.bench;

import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.Layout;
import io.coppice.framework.ops.Layout.Blocks;
import io.coppice.framework.ops.Layout.Csr;
import io.coppice.framework.ops.Layout.NOfM;
import io.coppice.framework.ops.Precision;
import java.util.ArrayList;
import java.util.List;

/** What the benchmark of the sparse operations measures, in its order. */
record OpsPlan(List<OpsCase> cases) {
  private static final List<Layout> LAYOUTS =
      List.of(new Csr(), new Blocks(4, 1), new Blocks(16, 1));
  private static final List<Double> HIGH = List.of(0.8, 0.9, 0.95, 0.98);

  /** Down to where dense wins. */
  private static final List<Double> ALL = List.of(0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98);

  /** The sparsities of these are their own. */
  private static final List<NOfM> GROUPS = List.of(new NOfM(2, 4), new NOfM(1, 4), new NOfM(1, 8));

  private static final List<Double> GPU_SPARSITIES = List.of(0.6, 0.7, 0.8, 0.9, 0.95, 0.98);
  private static final List<Layout> GPU_LAYOUTS =
      List.of(new Csr(), new Blocks(4, 1), new Blocks(16, 1), new Blocks(32, 32));

  /** On tensor cores. */
  private static final List<Layout> TENSOR_BLOCKS =
      List.of(new Blocks(16, 16), new Blocks(32, 32), new Blocks(64, 64));

  /** On sparse tensor cores, at sparsities of their own. */
  private static final List<NOfM> TENSOR_GROUPS = List.of(new NOfM(2, 4), new NOfM(1, 4));

  private static final List<Integer> LENET = List.of(784, 300, 100, 10);
  private static final List<Integer> WIDE = List.of(784, 1024, 1024, 10);
  private static final int BATCH = 64;
  private static final int LARGE_BATCH = 256;

  private static final int CONVOLUTION_BATCH = 16;

  /** The inner convolutions of VGG on pictures of 32×32. */
  private static final List<ConvolutionShape> VGG =
      List.of(vgg(64, 32), vgg(128, 16), vgg(256, 8), vgg(512, 4));

  private static ConvolutionShape vgg(int channels, int size) {
    return new ConvolutionShape(channels, size, size, 3, 3, 1, 1, 1);
  }

  private record Matrix(int out, int in) {}

  private static final Matrix SMALL = new Matrix(304, 784);
  private static final Matrix MIDDLE = new Matrix(1024, 1024);
  private static final Matrix LARGE = new Matrix(4096, 4096);

  OpsPlan {
    cases = List.copyOf(cases);
  }

  /** Everything, on each of these numbers of threads. */
  static OpsPlan full(List<Integer> threads) {
    List<OpsCase> cases = new ArrayList<>();
    for (int count : threads) {
      for (Matrix matrix : List.of(SMALL, MIDDLE, LARGE)) {
        ALL.forEach(sparsity -> cases.add(linear(matrix, BATCH, sparsity, count, LAYOUTS)));
        GROUPS.forEach(group -> cases.add(groups(matrix, group, count)));
        HIGH.forEach(sparsity -> cases.add(linear(matrix, LARGE_BATCH, sparsity, count, LAYOUTS)));
      }
      cases.add(linear(LARGE, 1, 0.9, count, LAYOUTS));
      for (ConvolutionShape shape : VGG) {
        HIGH.forEach(sparsity -> cases.add(convolution(shape, sparsity, count)));
      }
      for (List<Integer> widths : List.of(WIDE, LENET)) {
        ALL.forEach(sparsity -> cases.add(new StepCase(widths, BATCH, sparsity, count, LAYOUTS)));
      }
    }
    for (Matrix matrix : List.of(MIDDLE, LARGE)) {
      HIGH.forEach(sparsity -> cases.add(move(matrix, sparsity, threads.get(0), LAYOUTS)));
    }
    return new OpsPlan(cases);
  }

  /** What shows within a minute whether something is wrong. */
  static OpsPlan quick(List<Integer> threads) {
    List<OpsCase> cases = new ArrayList<>();
    HIGH.forEach(sparsity -> cases.add(linear(SMALL, BATCH, sparsity, threads.get(0), LAYOUTS)));
    HIGH.forEach(sparsity -> cases.add(linear(MIDDLE, BATCH, sparsity, threads.get(0), LAYOUTS)));
    for (double sparsity : HIGH) {
      List<Layout> layouts = sparsity == 0.9 ? LAYOUTS : List.of(new Csr());
      cases.add(linear(LARGE, BATCH, sparsity, threads.get(0), layouts));
    }
    threads.stream().skip(1).forEach(count -> cases.add(linear(LARGE, BATCH, 0.9, count, LAYOUTS)));
    cases.add(linear(LARGE, 1, 0.9, threads.get(0), List.of(new Csr())));
    for (ConvolutionShape shape : VGG) {
      cases.add(convolution(shape, 0.9, threads.get(0)));
    }
    for (List<Integer> widths : List.of(WIDE, LENET)) {
      for (double sparsity : HIGH) {
        cases.add(new StepCase(widths, BATCH, sparsity, threads.get(0), List.of(new Csr())));
      }
    }
    HIGH.forEach(sparsity -> cases.add(move(MIDDLE, sparsity, threads.get(0), List.of(new Csr()))));
    return new OpsPlan(cases);
  }

  /**
   * What a GPU is for: large products of large batches, without threads of the host, in float32 and
   * then in bfloat16 what runs on tensor cores.
   */
  static OpsPlan gpu() {
    List<OpsCase> cases = new ArrayList<>();
    for (Matrix matrix : List.of(MIDDLE, LARGE)) {
      GPU_SPARSITIES.forEach(
          sparsity -> cases.add(linear(matrix, matrix.out(), sparsity, 1, GPU_LAYOUTS)));
    }
    for (Matrix matrix : List.of(MIDDLE, LARGE)) {
      GPU_SPARSITIES.forEach(sparsity -> cases.add(rounded(matrix, sparsity, TENSOR_BLOCKS)));
      TENSOR_GROUPS.forEach(group -> cases.add(rounded(matrix, sparsity(group), List.of(group))));
    }
    return new OpsPlan(cases);
  }

  private static OpsCase linear(
      Matrix matrix, int batch, double sparsity, int threads, List<Layout> layouts) {
    return new LinearCase(matrix.out(), matrix.in(), batch, sparsity, threads, layouts);
  }

  /** With as many examples as outputs. */
  private static OpsCase rounded(Matrix matrix, double sparsity, List<Layout> layouts) {
    return new LinearCase(
        matrix.out(), matrix.in(), matrix.out(), sparsity, 1, layouts, Precision.BFLOAT16);
  }

  /** As many channels as before. */
  private static OpsCase convolution(ConvolutionShape shape, double sparsity, int threads) {
    return new ConvolutionCase(
        shape.channelsIn(), shape, CONVOLUTION_BATCH, sparsity, threads, LAYOUTS);
  }

  private static OpsCase move(Matrix matrix, double sparsity, int threads, List<Layout> layouts) {
    return new MoveCase(matrix.out(), matrix.in(), BATCH, sparsity, threads, layouts);
  }

  private static OpsCase groups(Matrix matrix, NOfM group, int threads) {
    return linear(matrix, BATCH, sparsity(group), threads, List.of(group));
  }

  private static double sparsity(NOfM group) {
    return 1 - (double) group.n() / group.m();
  }
}
