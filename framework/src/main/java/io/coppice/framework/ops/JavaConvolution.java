package io.coppice.framework.ops;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Weight by weight over the outputs for which it lies on the image. Products are summed along a row
 * of outputs first, then over the rows, then over the batch.
 */
final class JavaConvolution implements SparseOps.Convolution {
  private final Topology topology;
  private final ConvolutionShape shape;
  private final ProductArguments arguments;
  private final ValueRows index;
  private final KernelWindow[] windows;

  JavaConvolution(Topology topology, ConvolutionShape shape) {
    this.topology = topology;
    this.shape = shape;
    this.arguments = ProductArguments.of(topology, shape);
    this.index = ValueRows.of(topology);
    this.windows = KernelWindow.of(shape);
  }

  @Override
  public Topology topology() {
    return topology;
  }

  @Override
  public ConvolutionShape shape() {
    return shape;
  }

  @Override
  public void forward(Forward call) {
    arguments.require(call);
    float[] w = call.values().toArray();
    float[] in = call.x().toArray();
    FloatBuffer buffer = call.y().buffer();
    float[] out = new float[buffer.capacity()];
    if (call.bias().isPresent()) {
      addBias(call.bias().toArray(), out);
    }
    int stride = shape.stride();
    forEachRow(
        call.batch(),
        (position, input, output, length) -> {
          float value = w[position];
          for (int i = 0; i < length; i++) {
            out[output + i] += value * in[input + i * stride];
          }
        });
    if (call.relu()) {
      Rectifier.apply(out);
    }
    buffer.put(out);
  }

  private void addBias(float[] bias, float[] out) {
    int plane = outputPlane();
    for (int first = 0; first < out.length; first += plane) {
      Arrays.fill(out, first, first + plane, bias[first / plane % bias.length]);
    }
  }

  @Override
  public void backward(Backward call) {
    arguments.require(call);
    int batch = call.batch();
    float[] dout = Rectifier.masked(call.dy(), call.y());
    if (call.dx().isPresent()) {
      backwardToInputs(call.values().toArray(), dout, batch, call.dx().buffer());
    }
    if (call.dvalues().isPresent()) {
      call.dvalues().buffer().put(gradientOfValues(call.x().toArray(), dout, batch));
    }
    if (call.dbias().isPresent()) {
      call.dbias().buffer().put(gradientOfBias(dout));
    }
  }

  private void backwardToInputs(float[] w, float[] dout, int batch, FloatBuffer dx) {
    float[] din = new float[dx.capacity()];
    int stride = shape.stride();
    forEachRow(
        batch,
        (position, input, output, length) -> {
          float value = w[position];
          for (int i = 0; i < length; i++) {
            din[input + i * stride] += value * dout[output + i];
          }
        });
    dx.put(din);
  }

  private float[] gradientOfValues(float[] in, float[] dout, int batch) {
    float[] gradient = new float[topology.values()];
    int stride = shape.stride();
    forEachRow(
        batch,
        (position, input, output, length) -> {
          float sum = 0;
          for (int i = 0; i < length; i++) {
            sum += dout[output + i] * in[input + i * stride];
          }
          gradient[position] += sum;
        });
    return gradient;
  }

  private float[] gradientOfBias(float[] dout) {
    float[] gradient = new float[topology.rows()];
    int plane = outputPlane();
    for (int first = 0; first < dout.length; first += plane) {
      float sum = 0;
      for (int i = first; i < first + plane; i++) {
        sum += dout[i];
      }
      gradient[first / plane % gradient.length] += sum;
    }
    return gradient;
  }

  private int outputPlane() {
    return shape.outputHeight() * shape.outputWidth();
  }

  /** Takes a weight and one row of outputs that it adds to. */
  @FunctionalInterface
  private interface RowVisitor {

    /**
     * @param position of the weight among the values
     * @param input the number of x for the first output; the next is a stride further
     * @param output the first output's number in y
     */
    void visit(int position, int input, int output, int length);
  }

  private void forEachRow(int batch, RowVisitor visitor) {
    for (int example = 0; example < batch; example++) {
      for (int channel = 0; channel < topology.rows(); channel++) {
        int output = (example * topology.rows() + channel) * outputPlane();
        for (int i = index.starts()[channel]; i < index.starts()[channel + 1]; i++) {
          int input = inputPlane(example, channel, index.columns()[i]);
          KernelWindow window = windows[index.columns()[i] % windows.length];
          for (int row = window.firstRow(); row < window.endRow(); row++) {
            visitor.visit(
                index.positions()[i],
                input + window.inputOf(row),
                output + row * shape.outputWidth() + window.firstColumn(),
                window.length());
          }
        }
      }
    }
  }

  /** Where in x the channel begins that a weight meets. */
  private int inputPlane(int example, int channelOut, int column) {
    int group = channelOut / (topology.rows() / shape.groups());
    int channelIn = group * (shape.channelsIn() / shape.groups()) + column / windows.length;
    return (example * shape.channelsIn() + channelIn) * shape.height() * shape.width();
  }

  @Override
  public void close() {}
}
