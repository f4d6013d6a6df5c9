package io.coppice.notebooks.kernel;

import io.github.spencerpark.jupyter.kernel.BaseKernel;

/**
 * Something that a starting kernel is given to, such as a library's renderers; found by {@link
 * java.util.ServiceLoader}.
 */
@FunctionalInterface
public interface KernelExtension {
  void install(BaseKernel kernel);
}
