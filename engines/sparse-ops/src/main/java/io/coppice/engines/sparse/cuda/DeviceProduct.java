package io.coppice.engines.sparse.cuda;

/** A product of checked arguments; it only launches, within the device's context. */
interface DeviceProduct extends AutoCloseable {

  void forward(ForwardAddresses call);

  void backward(BackwardAddresses call);

  @Override
  void close();
}
