package io.coppice.notebooks.render;

import org.dflib.jjava.jupyter.Extension;
import org.dflib.jjava.jupyter.kernel.BaseKernel;

/** Registers the renderers with JJava, which finds this class by itself. */
public final class JJavaExtension implements Extension {

  @Override
  public void install(BaseKernel kernel) {
    Renderers.register(kernel);
  }
}
