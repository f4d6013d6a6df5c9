package io.coppice.notebooks.kernel;

import io.coppice.notebooks.script.Script;
import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.util.List;

/** The functions that every cell can call, with the names that IJava gave them. */
public final class CellWords {
  static final Script IMPORTS =
      new Script("imports", "import static " + CellWords.class.getName() + ".*;");

  private CellWords() {}

  /** The kernel that runs this cell. */
  public static CoppiceKernel getKernelInstance() {
    return CoppiceKernel.getKernelInstance();
  }

  /** Shows a value; the name to update it by. */
  public static String display(Object value) {
    return getKernelInstance().display(value);
  }

  /** Shows a value as these types, such as {@code text/html}; the name to update it by. */
  public static String display(Object value, String... types) {
    return getKernelInstance().display(value, types);
  }

  /** Shows a value, in a notebook as in a terminal. */
  public static void show(Object value) {
    getKernelInstance().display(value);
  }

  /** Shows a value in the place of what was displayed under this name. */
  public static void updateDisplay(String id, Object value) {
    getKernelInstance().updateDisplay(id, value);
  }

  /** As above, as these types. */
  public static void updateDisplay(String id, Object value, String... types) {
    getKernelInstance().updateDisplay(id, value, types);
  }

  /** What a value looks like, as data by type. */
  public static DisplayData render(Object value) {
    return getKernelInstance().render(value);
  }

  /** As above, as these types. */
  public static DisplayData render(Object value, String... types) {
    return getKernelInstance().render(value, types);
  }

  /** Prints what a format makes of its arguments. */
  public static void printf(String format, Object... arguments) {
    System.out.printf(format, arguments);
  }

  /** Runs a text as if it were a cell; its value, or null. */
  public static Object eval(String code) throws Exception {
    return getKernelInstance().evalRaw(code);
  }

  /** Calls a magic as {@code %name argument ...} does. */
  public static <T> T lineMagic(String name, List<String> arguments) throws Exception {
    return getKernelInstance().getMagics().applyLineMagic(name, arguments);
  }

  /** Calls a magic as {@code %%name argument ...} with a body does. */
  public static <T> T cellMagic(String name, List<String> arguments, String body) throws Exception {
    return getKernelInstance().getMagics().applyCellMagic(name, arguments, body);
  }
}
