package io.coppice.notebooks.render;

/** What cells of IJava and JJava can call beside the kernel's own functions. */
public final class NotebookWords {
  private NotebookWords() {}

  /** Shows a value, in a notebook as in a terminal. */
  public static void show(Object value) {
    new KernelDisplay(RunningKernel.find()).show(value);
  }
}
