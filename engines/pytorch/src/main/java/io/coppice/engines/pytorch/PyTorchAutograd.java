package io.coppice.engines.pytorch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.training.GradientCollector;
import io.coppice.framework.autograd.Autograd;
import io.coppice.framework.autograd.CustomOperation;
import io.coppice.framework.ops.ConvolutionShape;
import io.coppice.framework.ops.Floats;

/** Custom operations in PyTorch's graphs, by a tape in Java beside them. */
public final class PyTorchAutograd implements Autograd {

  @Override
  public GradientCollector gradientCollector() {
    return Tape.open();
  }

  @Override
  public boolean isCollecting() {
    return Tape.isOpen();
  }

  @Override
  public boolean appliesOperations() {
    return true;
  }

  @Override
  public NDArray apply(CustomOperation operation, NDArray... inputs) {
    PtNDArray[] tensors = new PtNDArray[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      tensors[i] = TensorMemory.tensor(inputs[i]);
    }
    return Tape.apply(operation, tensors);
  }

  @Override
  public void addConvolutionGradient(NDArray x, NDArray dy, ConvolutionShape shape, NDArray sum) {
    ConvolutionGradient.add(x, dy, shape, sum);
  }

  @Override
  public Floats reading(NDArray array, Device device) {
    return TensorMemory.reading(array, device);
  }

  @Override
  public Floats writing(NDArray array, Device device) {
    return TensorMemory.writing(array, device);
  }
}
