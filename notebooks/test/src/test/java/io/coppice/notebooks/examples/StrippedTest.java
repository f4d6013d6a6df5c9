package io.coppice.notebooks.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.coppice.cli.jupyter.KernelSpec;
import io.coppice.testing.Needs;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The notebooks as git holds them, whatever Jupyter has saved since. */
class StrippedTest {

  @BeforeEach
  void needsGit() throws Exception {
    Needs.that(git("rev-parse", "--git-dir").exitValue() == 0, "this is no checkout of git");
  }

  @Test
  void notebooksHoldNoOutputs() throws Exception {
    List<String> names =
        output(git("ls-files", "*.ipynb")).lines().filter(name -> !name.contains("/")).toList();
    assertTrue(names.size() > 0);
    for (String name : names) {
      Notebook notebook =
          new Notebook(new ObjectMapper().readTree(output(git("show", ":./" + name))));
      check(name, notebook);
    }
  }

  private static void check(String name, Notebook notebook) {
    JsonNode json = notebook.json();
    assertEquals(4, json.path("nbformat").asInt(), name);
    assertEquals(5, json.path("nbformat_minor").asInt(), name);
    assertEquals(KernelSpec.NAME, json.at("/metadata/kernelspec/name").asText(), name);
    assertEquals("java", json.at("/metadata/kernelspec/language").asText(), name);
    Set<String> ids = new HashSet<>();
    for (JsonNode cell : notebook.cells()) {
      String id = cell.path("id").asText();
      assertTrue(id.matches("[a-zA-Z0-9_-]{1,64}") && ids.add(id), name + ": cell '" + id + "'");
    }
    for (JsonNode cell : notebook.codeCells()) {
      assertEquals("[]", cell.path("outputs").toString(), name);
      assertTrue(cell.path("execution_count").isNull(), name);
    }
  }

  private static Process git(String... words) throws IOException, InterruptedException {
    ProcessBuilder git = new ProcessBuilder("git");
    git.command().addAll(List.of(words));
    Process process =
        git.directory(Notebook.folder().toFile())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (words[0].equals("rev-parse")) {
      process.waitFor();
    }
    return process;
  }

  private static String output(Process process) throws IOException, InterruptedException {
    String text = new String(process.getInputStream().readAllBytes());
    assertEquals(0, process.waitFor());
    return text;
  }
}
