package io.coppice.framework.execution;

/** A layer's forward pass with memory at hand, ready to be run again and again. */
public interface Pass extends AutoCloseable {

  void run();

  @Override
  void close();
}
