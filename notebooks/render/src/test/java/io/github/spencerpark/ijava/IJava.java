package io.github.spencerpark.ijava;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.display.Renderer;
import java.util.ArrayList;
import java.util.List;

/** Stands where IJava's own class would, with its kernel as far as a library sees it. */
public final class IJava {
  private static final ThreadLocal<Kernel> RUNNING = new ThreadLocal<>();

  private IJava() {}

  /** Null while no kernel runs. */
  public static Kernel getKernelInstance() {
    return RUNNING.get();
  }

  /** The kernel of this thread; null for none. */
  public static void runs(Kernel kernel) {
    RUNNING.set(kernel);
  }

  /** Keeps what it is told to show. */
  public static final class Kernel {
    private final Renderer renderer = new Renderer();
    private final Io io = new Io();
    private final List<DisplayData> shown = new ArrayList<>();

    public Renderer getRenderer() {
      return renderer;
    }

    public Io getIO() {
      return io;
    }

    public void display(DisplayData data) {
      shown.add(data);
    }

    public List<DisplayData> shown() {
      return shown;
    }
  }

  /** Where a kernel's displays are updated. */
  public static final class Io {
    public final Updates display = new Updates();
  }

  /** Keeps the updates. */
  public static final class Updates {
    private final List<String> ids = new ArrayList<>();
    private final List<DisplayData> data = new ArrayList<>();

    public void updateDisplay(String id, DisplayData update) {
      ids.add(id);
      data.add(update);
    }

    public List<String> ids() {
      return ids;
    }

    public List<DisplayData> data() {
      return data;
    }
  }
}
