package io.coppice.notebooks.kernel;

import io.coppice.notebooks.render.Renderers;
import io.coppice.notebooks.script.Script;
import io.coppice.notebooks.script.ScriptRunner;
import io.coppice.notebooks.wire.KernelConnection;
import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.ReplacementOptions;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.history.HistoryManager;
import io.github.spencerpark.jupyter.kernel.magic.common.Load;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Runs the cells of a notebook in this process, with the framework imported. Cells share one shell:
 * what one declares, the next can use.
 */
public final class CoppiceKernel extends BaseKernel implements AutoCloseable {
  private static final List<String> SCRIPTS = List.of(".jsh", ".jshell", ".java", ".ijava");
  private static final InheritableThreadLocal<CoppiceKernel> CURRENT =
      new InheritableThreadLocal<>();

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "kernel-clock");
            thread.setDaemon(true);
            return thread;
          });
  private final CellThread cells = new CellThread(clock);
  private final Magics magics = new Magics();
  private final SessionHistory history = new SessionHistory();
  private final List<Runnable> atCellEnd = new CopyOnWriteArrayList<>();
  private final AtomicBoolean javadocKnown = new AtomicBoolean();
  private final Settings settings;
  private final Rendering rendering;
  private final CompletableFuture<ScriptRunner> runner;
  private volatile CellOutput output;
  private final List<String> startUpFailures = new ArrayList<>();
  private Object lastDisplay;

  /** A kernel that is starting; its first cell waits until the framework is imported. */
  public CoppiceKernel(Settings settings) {
    this.settings = settings;
    this.rendering = new Rendering(getRenderer(), this::complain);
    setShouldReplaceStdStreams(false);
    Renderers.register(this);
    new ClassPathMagics(this::addToClassPath).register(magics);
    new MavenMagics(this::addToClassPath).register(magics);
    magics.registerMagics(new Load(SCRIPTS, this::evalRaw));
    this.runner = cells.prepare(this::start);
    settings.startUp().forEach(script -> cells.prepare(() -> startUp(script)));
  }

  private ScriptRunner start() {
    CURRENT.set(this);
    ScriptRunner started = new ScriptRunner(settings.compilerOptions(), CellWords.IMPORTS);
    settings.classPath().forEach(started::addToClassPath);
    return started;
  }

  /** Runs a start-up script; the first cell shows what it failed with. */
  private Object startUp(Script script) {
    try {
      return run(Cell.of(script));
    } catch (Exception | Error e) {
      startUpFailures.addAll(CellErrors.of(e).lines());
      return null;
    }
  }

  /**
   * The kernel whose cell is running on this thread.
   *
   * @throws IllegalStateException outside a kernel's cells and their threads
   */
  public static CoppiceKernel getKernelInstance() {
    return current()
        .orElseThrow(() -> new IllegalStateException("no kernel runs cells on this thread"));
  }

  /** The kernel whose cell, or a thread made by it, this thread runs. */
  public static Optional<CoppiceKernel> current() {
    return Optional.ofNullable(CURRENT.get());
  }

  /** The magics of this kernel, for registering one's own. */
  public Magics getMagics() {
    return magics;
  }

  /** Cells find the classes of this jar or folder from now on. */
  public void addToClassPath(Path path) {
    shell().addToClassPath(path);
  }

  /**
   * A stream, {@code stdout} or {@code stderr}, that writes into the cell that runs or ran last.
   */
  OutputStream stream(String name, OutputStream beforeTheFirst) {
    return new OutputStream() {
      private OutputStream target() {
        CellOutput cell = output;
        return cell == null ? beforeTheFirst : cell.stream(name);
      }

      @Override
      public void write(int value) throws IOException {
        target().write(value);
      }

      @Override
      public void write(byte[] bytes, int from, int length) throws IOException {
        target().write(bytes, from, length);
      }

      @Override
      public void flush() throws IOException {
        target().flush();
      }
    };
  }

  /** Standard input of cells: each line is asked of the user. */
  InputStream input() {
    return new CellInput(
        () -> {
          CellOutput cell = output;
          return cell == null ? Optional.empty() : cell.ask(cells::interrupted);
        });
  }

  /**
   * Runs a cell to its end, on the cells' thread.
   *
   * @param number what error messages call it
   */
  public CellResult execute(String code, int number, CellListener listener) {
    return cells.submit(() -> executed(new Script("cell " + number, code), listener)).join();
  }

  private CellResult executed(Script script, CellListener listener) {
    CellOutput own = new CellOutput(listener, clock);
    output = own;
    lastDisplay = null;
    Optional<ScheduledFuture<?>> timeout = settings.timeout().map(this::interruptAfter);
    startUpFailures.forEach(line -> complain(line + "\n"));
    startUpFailures.clear();
    try {
      Object value = run(Cell.of(script));
      boolean shown = value != null && value != lastDisplay;
      return CellResult.of(shown ? render(value) : null);
    } catch (Exception | Error e) {
      return CellResult.of(cells.interrupted() ? CellErrors.interrupted(e) : CellErrors.of(e));
    } finally {
      timeout.ifPresent(planned -> planned.cancel(false));
      atCellEnd.forEach(Runnable::run);
      atCellEnd.clear();
      own.end();
    }
  }

  private ScheduledFuture<?> interruptAfter(Duration time) {
    return clock.schedule(this::interrupt, time.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Runs a cell's parts; the value of the last, where it has one to show. */
  private Object run(Cell cell) throws Exception {
    Object last = null;
    for (Cell.Part part : cell.parts()) {
      if (part instanceof Cell.Java java) {
        boolean blank = cell.script().skipBlanks(java.from()) >= java.to();
        last = blank ? last : shell().run(cell.script(), java.from(), java.to(), value -> {});
      } else if (part instanceof Cell.LineMagic magic) {
        MagicCall call = MagicCall.of(magic.call());
        last = magics.applyLineMagic(call.name(), call.arguments());
      } else if (part instanceof Cell.CellMagic magic) {
        MagicCall call = MagicCall.of(magic.call());
        last = magics.applyCellMagic(call.name(), call.arguments(), magic.body());
      }
    }
    return last;
  }

  /** Runs a text inside the cell that is running, as Java or magic; its value, or null. */
  public Object evalRaw(String code) throws Exception {
    return run(Cell.of(new Script("eval", code)));
  }

  @Override
  public DisplayData eval(String code) throws Exception {
    Object value = evalRaw(code);
    return value == null ? null : rendering.render(value);
  }

  /** Runs an action when the cell that is running has ended, however it ends. */
  public void atCellEnd(Runnable action) {
    atCellEnd.add(action);
  }

  /** Runs a short action on the kernel's clock. */
  public void after(Duration wait, Runnable action) {
    clock.schedule(action, wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  private ScriptRunner shell() {
    try {
      return runner.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  // ---- showing

  @Override
  public void display(DisplayData data) {
    if (output != null) {
      output.display(data);
    }
  }

  /** Shows a value, as the given types or as it prefers; the name to update it by. */
  public String display(Object value, String... types) {
    DisplayData data = render(value, types);
    if (!data.hasDisplayId()) {
      data.setDisplayId(UUID.randomUUID().toString());
    }
    display(data);
    String id = data.getDisplayId();
    lastDisplay = id;
    return id;
  }

  /** Shows a value in the place of an earlier display. */
  public void updateDisplay(String id, Object value, String... types) {
    DisplayData data = render(value, types);
    data.setDisplayId(id);
    if (output != null) {
      output.update(data);
    }
  }

  /** What {@link #display} would show. */
  public DisplayData render(Object value, String... types) {
    if (value instanceof DisplayData data) {
      return data;
    }
    return types.length == 0 ? rendering.render(value) : rendering.renderAs(value, types);
  }

  private void complain(String line) {
    if (output != null) {
      output.write("stderr", line);
    }
  }

  // ---- asking

  @Override
  public ReplacementOptions complete(String code, int at) {
    Completion found = completion(code, at);
    return new ReplacementOptions(found.texts(), found.from(), found.to());
  }

  /** What could stand at a character of a cell. */
  Completion completion(String code, int at) {
    return Completion.of(shell().analysis(), Cell.of(new Script("", code)), at);
  }

  @Override
  public DisplayData inspect(String code, int at, boolean extraDetail) {
    if (!javadocKnown.getAndSet(true)) {
      JavadocSources.addTo(shell().analysis());
    }
    return Inspection.of(shell().analysis(), Cell.of(new Script("", code)), at).orElse(null);
  }

  @Override
  public String isComplete(String code) {
    return switch (Completeness.of(shell().analysis(), code)) {
      case COMPLETE -> IS_COMPLETE_YES;
      case WRONG -> IS_COMPLETE_BAD;
      case INCOMPLETE -> Completeness.indent(code);
    };
  }

  @Override
  public HistoryManager getHistoryManager() {
    return history;
  }

  SessionHistory history() {
    return history;
  }

  @Override
  public LanguageInfo getLanguageInfo() {
    return new LanguageInfo.Builder("java")
        .version(Runtime.version().toString())
        .mimetype("text/x-java-source")
        .fileExtension(".jsh")
        .pygments("java")
        .codemirror("text/x-java")
        .build();
  }

  @Override
  public String getBanner() {
    return "Coppice " + settings.version() + " (Java " + Runtime.version() + ")";
  }

  @Override
  public List<LanguageInfo.Help> getHelpLinks() {
    return List.of();
  }

  Settings settings() {
    return settings;
  }

  // ---- stopping

  @Override
  public void interrupt() {
    cells.interrupt();
  }

  @Override
  public void onShutdown(boolean isRestarting) {
    interrupt();
  }

  @Override
  public void becomeHandlerForConnection(JupyterConnection connection) {
    super.becomeHandlerForConnection(connection);
    new Requests(this, executionCount, (KernelConnection) connection).answer();
  }

  /** Interrupts what runs and frees the shell. */
  @Override
  public void close() {
    interrupt();
    cells.prepare(
        () -> {
          shell().close();
          return null;
        });
    clock.shutdown();
  }
}
