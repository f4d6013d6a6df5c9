package io.coppice.notebooks.script;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Map;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;

/**
 * Runs snippets on the calling thread and keeps what the last one gave, as an object: an
 * interruption of that thread reaches the study, and a result stays a result.
 */
final class InProcess extends DirectExecutionControl {
  /** What this process was started with: the compiler is to know it, the loader does. */
  static final String OWN_CLASS_PATH = System.getProperty("java.class.path");

  private Object value;
  private Throwable thrown;

  /** The value of the last snippet, or null. */
  Object value() {
    return value;
  }

  /** What the last snippet threw, or null. */
  Throwable thrown() {
    return thrown;
  }

  void forget() {
    value = null;
    thrown = null;
  }

  ExecutionControlProvider provider() {
    return new ExecutionControlProvider() {
      @Override
      public String name() {
        return "coppice";
      }

      @Override
      public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
        return InProcess.this;
      }
    };
  }

  @Override
  public void load(ClassBytecodes[] classes)
      throws ClassInstallException, NotImplementedException, EngineTerminationException {
    super.load(
        Arrays.stream(classes)
            .map(loaded -> new ClassBytecodes(loaded.name(), LoopTurns.in(loaded.bytecodes())))
            .toArray(ClassBytecodes[]::new));
  }

  @Override
  public void addToClasspath(String path) throws EngineTerminationException, InternalException {
    if (!path.equals(OWN_CLASS_PATH)) {
      super.addToClasspath(path);
    }
  }

  /** Libraries that are found by the thread's loader see what scripts see. */
  @Override
  protected String invoke(Method snippet) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    try {
      ScriptThread.enter();
    } catch (ScriptThread.StoppedError e) {
      thrown = e;
      throw new InvocationTargetException(e);
    }
    thread.setContextClassLoader(snippet.getDeclaringClass().getClassLoader());
    try {
      value = snippet.invoke(null);
      return "";
    } catch (InvocationTargetException e) {
      thrown = e.getCause();
      throw e;
    } finally {
      thread.setContextClassLoader(before);
      ScriptThread.leave();
    }
  }
}
