package io.coppice.notebooks.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.coppice.testing.Needs;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The kernel as users install it, which the launcher starts. */
@Tag("slow")
@DisabledOnOs(OS.WINDOWS)
class LaunchedKernelTest {

  @TempDir Path folder;

  /** A notebook with these cells of code. */
  private Path notebook(String name, String... sources) throws Exception {
    ObjectNode notebook = new ObjectMapper().createObjectNode();
    notebook.put("nbformat", 4).put("nbformat_minor", 4);
    ObjectNode kernel = notebook.putObject("metadata").putObject("kernelspec");
    kernel.put("name", "coppice").put("display_name", "Coppice (Java)");
    ArrayNode cells = notebook.putArray("cells");
    for (String source : sources) {
      ObjectNode cell = cells.addObject().put("cell_type", "code").put("source", source);
      cell.putNull("execution_count").putArray("outputs");
      cell.putObject("metadata");
    }
    Path file = Files.createDirectories(folder.resolve("own")).resolve(name);
    return Files.writeString(file, notebook.toString());
  }

  /** Runs a program that may fail; all that it says after its exit code. */
  private String run(ProcessBuilder builder) throws Exception {
    File log = folder.resolve("log").toFile();
    Process process = builder.redirectErrorStream(true).redirectOutput(log).start();
    try {
      assertTrue(process.waitFor(5, TimeUnit.MINUTES), () -> builder.command() + " does not end");
    } finally {
      process.destroyForcibly();
    }
    return process.exitValue() + "\n" + Files.readString(log.toPath());
  }

  @Test
  void runsNotebooksWhereItIsInstalled() throws Exception {
    Path nbconvert = Needs.program("jupyter-nbconvert", "jupyter-nbconvert");
    Path notebook = notebook("sum.ipynb", "int a = 40;", "a + dense().name().length()");
    String told =
        run(ThisBuild.launcher(folder, "kernel", "install", "--prefix", folder.toString()));
    Path data = folder.resolve("share/jupyter");
    assertEquals("0\nInstalled: " + data.resolve("kernels/coppice") + "\n", told);
    ProcessBuilder convert =
        new ProcessBuilder(
            nbconvert.toString(), "--execute", "--to=notebook", "--inplace", notebook.toString());
    convert.environment().put("JUPYTER_PATH", data.toString());
    convert.environment().put("JUPYTER_RUNTIME_DIR", folder.resolve("runtime").toString());
    convert.environment().put(ThisBuild.BUILT, "1");
    told = run(convert);
    assertTrue(told.startsWith("0\n"), told);
    JsonNode last = Notebook.read(notebook).codeCells().get(1);
    assertEquals("45", Notebook.shown(last).result().get("text/plain"));
  }

  @Test
  void aFolderOfNotebooksBecomesPages() throws Exception {
    Needs.program("jupyter-nbconvert", "jupyter-nbconvert");
    notebook("1-sum.ipynb", "System.out.println(\"a < b\");", "dense().name()");
    notebook("2-more.ipynb", "Files.writeString(Path.of(\"here\"), \"\"); 1 + 1");
    String told = run(ThisBuild.launcher(folder, "notebook", "--html", "own"));
    assertEquals(
        "0\nWritten: own/html/1-sum.html\nWritten: own/html/2-more.html\nWritten: own/html/index.html\n",
        told);
    String page = Files.readString(folder.resolve("own/html/1-sum.html"));
    assertTrue(page.contains("a &lt; b") && page.contains("<pre>dense</pre>"), page);
    assertFalse(page.contains("<script") || page.contains("http"), page);
    assertTrue(Files.exists(folder.resolve("own/here")), "cells run where the notebook is");
    String index = Files.readString(folder.resolve("own/html/index.html"));
    assertTrue(index.contains("<a href=\"2-more.html\">2-more.ipynb</a>"), index);
  }

  @Test
  void aCellThatFailsIsNamedAndLeavesNoPage() throws Exception {
    Needs.program("jupyter-nbconvert", "jupyter-nbconvert");
    notebook("wrong.ipynb", "magnitude().keep(7).oneShot()");
    String told = run(ThisBuild.launcher(folder, "notebook", "--html", "own"));
    assertTrue(told.startsWith("1\ncoppice: wrong.ipynb: RecipeException: keep is 7.0"), told);
    assertEquals(2, told.lines().count(), told);
    assertEquals(0, folder.resolve("own/html").toFile().list().length);
  }
}
