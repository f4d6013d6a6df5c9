package io.coppice.notebooks.kernel;

import io.coppice.notebooks.render.Renderers;
import io.coppice.notebooks.script.Script;
import io.coppice.notebooks.script.ScriptRunner;
import io.coppice.notebooks.wire.DaemonThread;
import io.coppice.notebooks.wire.KernelConnection;
import io.github.spencerpark.jupyter.channels.JupyterConnection;
import io.github.spencerpark.jupyter.kernel.BaseKernel;
import io.github.spencerpark.jupyter.kernel.LanguageInfo;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import io.github.spencerpark.jupyter.kernel.history.HistoryManager;
import io.github.spencerpark.jupyter.kernel.magic.common.Load;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/**
 * Runs the cells of a notebook in this process, with the framework imported. Cells share one shell:
 * what one declares, the next can use.
 */
public final class CoppiceKernel extends BaseKernel implements AutoCloseable {
  private static final List<String> SCRIPTS = List.of(".jsh", ".jshell", ".java", ".ijava");

  private final ScheduledExecutorService clock =
      Executors.newSingleThreadScheduledExecutor(task -> DaemonThread.of("kernel-clock", task));
  private final CellThread cells = new CellThread(clock);
  private final NamedMagics magics = new NamedMagics();
  private final SessionHistory history = new SessionHistory();
  private final List<Runnable> atCellEnd = new CopyOnWriteArrayList<>();
  private final CurrentOutput output = new CurrentOutput();
  private final Settings settings;
  private final Displays displays;
  private final CellShell shell;
  private final CodeHelp help;
  private final StartUp startUp;

  /** A kernel that is starting; its first cell waits until the framework is imported. */
  public CoppiceKernel(Settings settings) {
    this.settings = settings;
    this.displays = new Displays(output, new Rendering(getRenderer(), output::complain));
    this.startUp = new StartUp(settings);
    setShouldReplaceStdStreams(false);
    Renderers.register(this);
    new ClassPathMagics(this::addToClassPath).register(magics);
    new MavenMagics(this::addToClassPath).register(magics);
    magics.registerMagics(new Load(SCRIPTS, this::evalRaw));
    this.shell = new CellShell(cells.prepare(this::start), magics);
    this.help = new CodeHelp(shell, magics);
    settings.startUp().forEach(script -> cells.prepare(() -> startUp.run(script, shell)));
    KernelThreads.opened(this);
  }

  private ScriptRunner start() {
    KernelThreads.workFor(this);
    return startUp.runner();
  }

  /**
   * The kernel of {@link #current}.
   *
   * @throws IllegalStateException where there is none
   */
  public static CoppiceKernel getKernelInstance() {
    return current()
        .orElseThrow(() -> new IllegalStateException("no kernel runs cells on this thread"));
  }

  /**
   * The kernel whose cell made this thread; for a thread that no cell made, such as one that all
   * parallel streams share, the process's only kernel.
   */
  public static Optional<CoppiceKernel> current() {
    return KernelThreads.kernel();
  }

  /** The magics of this kernel, for registering one's own. */
  public Magics getMagics() {
    return magics;
  }

  /** Cells find the classes of this jar or folder from now on. */
  public void addToClassPath(Path path) {
    shell.addToClassPath(path);
  }

  /** A stream, {@code stdout} or {@code stderr}, into the cell that runs or ran last. */
  OutputStream stream(String name, OutputStream beforeTheFirst) {
    return output.stream(name, beforeTheFirst);
  }

  /** Standard input of cells: each line is asked of the user. */
  InputStream input() {
    return output.input(cells::interrupted);
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
    output.begin(own);
    displays.forgetLast();
    Optional<ScheduledFuture<?>> timeout = settings.timeout().map(this::interruptAfter);
    startUp.tell(output::complain);
    try {
      Object value = shell.run(Cell.of(script));
      boolean shown = value != null && !displays.isNameOfLast(value);
      return CellResult.of(shown ? DisplayLimit.cut(displays.render(value)) : null);
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

  /** Runs a text inside the cell that is running, as Java or magic; its value, or null. */
  public Object evalRaw(String code) throws Exception {
    return shell.run(Cell.of(new Script("eval", code)));
  }

  @Override
  public DisplayData eval(String code) throws Exception {
    Object value = evalRaw(code);
    return value == null ? null : displays.render(value);
  }

  /** Runs an action when the cell that is running has ended, however it ends. */
  public void atCellEnd(Runnable action) {
    atCellEnd.add(action);
  }

  /** Runs a short action on the kernel's clock. */
  public void after(Duration wait, Runnable action) {
    clock.schedule(action, wait.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void display(DisplayData data) {
    output.display(data);
  }

  /** Shows a value, as the given types or as it prefers; the name to update it by. */
  public String display(Object value, String... types) {
    return displays.show(value, types);
  }

  /** Shows a value in the place of an earlier display. */
  public void updateDisplay(String id, Object value, String... types) {
    displays.update(id, value, types);
  }

  /** What {@link #display} would show. */
  public DisplayData render(Object value, String... types) {
    return displays.render(value, types);
  }

  /** What could stand at a character of a cell. */
  Completion completion(String code, int at) {
    return help.completion(code, at);
  }

  @Override
  public DisplayData inspect(String code, int at, boolean extraDetail) {
    return help.inspection(code, at).orElse(null);
  }

  @Override
  public String isComplete(String code) {
    return switch (help.completeness(code)) {
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
    return KernelInfo.language();
  }

  @Override
  public String getBanner() {
    return info().banner();
  }

  KernelInfo info() {
    return new KernelInfo(settings.version());
  }

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
    KernelThreads.closed(this);
    interrupt();
    cells.prepare(
        () -> {
          shell.close();
          return null;
        });
    clock.shutdown();
  }
}
