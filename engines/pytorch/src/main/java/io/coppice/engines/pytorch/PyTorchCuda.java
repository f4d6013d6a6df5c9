package io.coppice.engines.pytorch;

import ai.djl.pytorch.jni.LibUtils;
import io.coppice.framework.ops.EngineCuda;
import java.nio.file.Path;
import java.util.Optional;

/** The streams and libraries of PyTorch's CUDA build. */
public final class PyTorchCuda implements EngineCuda {

  @Override
  public long stream(int device) {
    return LibtorchCuda.isThere() ? LibtorchCuda.stream(device) : 0;
  }

  @Override
  public Optional<Path> libraries() {
    return Optional.of(Path.of(LibUtils.getLibtorchPath()));
  }
}
