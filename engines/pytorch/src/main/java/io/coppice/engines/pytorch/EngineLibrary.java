package io.coppice.engines.pytorch;

import ai.djl.pytorch.jni.LibUtils;
import com.sun.jna.NativeLibrary;
import java.nio.file.Path;

/** The libraries that libtorch consists of, where DJL has put them. */
final class EngineLibrary {
  private EngineLibrary() {}

  /** Where the library of this name is, if this libtorch has it. */
  static Path file(String name) {
    return Path.of(LibUtils.getLibtorchPath(), System.mapLibraryName(name));
  }

  /**
   * The library of this name.
   *
   * @throws UnsatisfiedLinkError when this libtorch does not have it
   */
  static NativeLibrary open(String name) {
    return NativeLibrary.getInstance(file(name).toString());
  }
}
