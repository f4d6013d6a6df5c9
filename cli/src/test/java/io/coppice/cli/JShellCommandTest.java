package io.coppice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import jdk.jshell.JShell;
import jdk.jshell.SnippetEvent;
import jdk.jshell.SourceCodeAnalysis;
import jdk.jshell.SourceCodeAnalysis.Suggestion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JShellCommandTest {
  private static final String STUDY =
      """
      // names of JShell's own imports and of the language
      Pattern word = Pattern.compile("[a-z]+")
      ExecutorService pool = Executors.newSingleThreadExecutor();
      BigDecimal price = new BigDecimal("1.50");
      Future<String> name = pool.submit(() -> dense().name());
      pool.shutdown();
      System.out.println("study: " + name.get() + " " + price + " " + word.matcher("a").matches());
      printf("%s%n", URI.create("http://x/y").getPath());
      show(List.of(1, 2))
      // a chain
      var words = Stream.of("// a", "b") // two
          // and
          .map(w -> w + '"')
          .toList();
      show(words)
      String text = \"""
      /exit
      \""";
      System.out.print(text.length());
      /exit
      this is not Java
      """;

  @TempDir Path folder;

  private String out(String command, Path file) throws Exception {
    List<String> line = new ArrayList<>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    line.addAll(List.of("-cp", System.getProperty("java.class.path")));
    line.addAll(List.of(Main.class.getName(), command, file.toString()));
    File err = folder.resolve("err").toFile();
    Process process =
        new ProcessBuilder(line)
            .redirectError(err)
            .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
            .start();
    try {
      String out = new String(process.getInputStream().readAllBytes());
      assertTrue(process.waitFor(60, TimeUnit.SECONDS));
      assertEquals(ExitCode.OK, process.exitValue(), () -> out + err);
      return out;
    } finally {
      process.destroyForcibly();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"jshell", "run"})
  void aFileRunsInJShellAsItDoesAlone(String command) throws Exception {
    Path file = Files.writeString(folder.resolve("study.jsh"), STUDY);
    assertEquals("study: dense 1.50 true\n/y\n[1, 2]\n[// a\", b\"]\n6", out(command, file));
  }

  @Test
  void theWordsAreCompleted() {
    try (JShell shell = JShell.builder().executionEngine("local").build()) {
      shell.addToClasspath(JShellCommand.classPath());
      SourceCodeAnalysis analysis = shell.sourceCodeAnalysis();
      String words = JShellCommand.words();
      while (!words.isBlank()) {
        SourceCodeAnalysis.CompletionInfo next = analysis.analyzeCompletion(words);
        for (SnippetEvent event : shell.eval(next.source())) {
          assertEquals(jdk.jshell.Snippet.Status.VALID, event.status(), next::source);
        }
        words = next.remaining();
      }
      assertEquals(List.of("magnitude()"), completed(analysis, "magn"));
      assertEquals(List.of("global()"), completed(analysis, "magnitude().glo"));
      assertEquals(List.of("Results"), completed(analysis, "Resul"));
    }
  }

  private static List<String> completed(SourceCodeAnalysis analysis, String begun) {
    return analysis.completionSuggestions(begun, begun.length(), new int[1]).stream()
        .map(Suggestion::continuation)
        .distinct()
        .toList();
  }
}
