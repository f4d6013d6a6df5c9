package io.coppice.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.testing.Needs;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The launcher in a small project of its own, with a Java and a Maven that tell how they are
 * called.
 */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
  private static final Path LAUNCHER = Path.of("..", "coppice").toAbsolutePath().normalize();
  private static final List<String> TOOLS =
      List.of(
          "cat",
          "cksum",
          "cut",
          "dirname",
          "find",
          "grep",
          "head",
          "mkdir",
          "mv",
          "readlink",
          "rm",
          "sed",
          "sleep",
          "sort");
  private static final String PLAIN = "-B -ntp -Dstyle.color=never ";
  private static final String JAVA =
      """
      #!/bin/sh
      if [ "$1" = -version ]; then
        echo "openjdk version \\"${FAKE_VERSION:-17.0.15}\\" 2025-04-15" >&2
        exit
      fi
      echo "threads=$OMP_NUM_THREADS wait=$OMP_WAIT_POLICY tracking=$OPT_OUT_TRACKING"
      echo "columns=$COLUMNS"
      for argument in "$@"; do echo "<$argument>"; done
      exit ${FAKE_EXIT:-0}
      """;
  private static final String MAVEN =
      """
      #!/bin/sh
      echo "$@" >>"$FAKE_LOG"
      sleep ${FAKE_SECONDS:-0}
      case "$* " in
        *" -o "*) if [ -n "${FAKE_OFFLINE:-}" ]; then echo "[ERROR] x has not been downloaded in offline mode"; exit 1; fi ;;
      esac
      if [ -n "${FAKE_FAILURE:-}" ]; then
        echo "[INFO] noise"
        echo "[ERROR] A.java:[3] $FAKE_FAILURE"
        exit 1
      fi
      mkdir -p cli/target
      printf %s "$FAKE_JAR" >cli/target/classpath
      echo "Tests run: 3, Failures: 0"
      echo "data=${COPPICE_DATA:-none}"
      """;

  @TempDir Path folder;
  private Path root;
  private Path bin;
  private Path jar;
  private Path log;
  private final Map<String, String> environment = new TreeMap<>();

  private record Ended(int code, List<String> out, String err) {}

  @BeforeEach
  void smallProject() throws IOException {
    root = Files.createDirectories(folder.resolve("a folder/the project"));
    bin = Files.createDirectories(folder.resolve("bin"));
    jar =
        Files.createFile(Files.createDirectories(folder.resolve("a repository")).resolve("a.jar"));
    log = folder.resolve("maven.log");
    Files.copy(LAUNCHER, root.resolve("coppice"), StandardCopyOption.COPY_ATTRIBUTES);
    write(
        "pom.xml", "<modules>\n  <module>cli</module>\n  <module>engines/one</module>\n</modules>");
    write("cli/pom.xml", "<project/>");
    write("cli/src/main/java/A.java", "class A {}");
    write("engines/one/pom.xml", "<project/>");
    for (String tool : TOOLS) {
      forward(tool, onPath(tool).orElseThrow());
    }
    program("java", JAVA);
    program("javac", "#!/bin/sh\n");
    program("mvn", MAVEN);
    environment.put("PATH", bin.toString());
    environment.put("FAKE_LOG", log.toString());
    environment.put("FAKE_JAR", jar.toString());
  }

  private static Optional<Path> onPath(String tool) {
    return Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
        .map(folder -> Path.of(folder, tool))
        .filter(Files::isExecutable)
        .findFirst();
  }

  private void write(String file, String text) throws IOException {
    Files.createDirectories(root.resolve(file).getParent());
    Files.writeString(root.resolve(file), text);
  }

  private void program(String name, String text) throws IOException {
    Files.writeString(bin.resolve(name), text);
    assertTrue(bin.resolve(name).toFile().setExecutable(true));
  }

  private void forward(String name, Path program) throws IOException {
    program(name, "#!/bin/sh\nexec '%s' \"$@\"\n".formatted(program));
  }

  private Process start(Path launcher, String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(launcher.toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
    builder.environment().clear();
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static Ended end(Process process) throws Exception {
    String out = new String(process.getInputStream().readAllBytes());
    String err = new String(process.getErrorStream().readAllBytes());
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    return new Ended(process.exitValue(), out.lines().toList(), err);
  }

  private Ended launch(String... arguments) throws Exception {
    return end(start(root.resolve("coppice"), arguments));
  }

  /** What Maven was asked for, without the options of its output. */
  private List<String> builds() throws IOException {
    List<String> lines = Files.exists(log) ? Files.readAllLines(log) : List.of();
    assertTrue(lines.stream().allMatch(line -> line.startsWith(PLAIN)));
    return lines.stream().map(line -> line.substring(PLAIN.length())).toList();
  }

  @Test
  void isWhatAPosixShellAccepts() throws Exception {
    for (String checker : List.of("dash -n", "shellcheck")) {
      String[] words = checker.split(" ");
      if (onPath(words[0]).isPresent()) {
        List<String> command = new ArrayList<>(List.of(words));
        command.add(LAUNCHER.toString());
        Ended ended = end(new ProcessBuilder(command).start());
        assertEquals(List.of(), ended.out);
        assertEquals(0, ended.code);
      }
    }
  }

  @Test
  void buildsOnceAndSaysSo() throws Exception {
    Ended first = launch("list");
    assertEquals("Building Coppice (first use, about a minute)...\n", first.err);
    assertEquals(0, first.code);
    assertEquals("", launch("list").err);
    assertEquals(List.of("compile"), builds());
  }

  @Test
  void passesArgumentsAndExitCodeThrough() throws Exception {
    environment.put("FAKE_EXIT", "42");
    Ended ended = launch("run", "my study.jsh", "", "--out=*");
    assertEquals(42, ended.code);
    int main = ended.out.indexOf("<io.coppice.cli.Main>");
    assertEquals(
        List.of("<run>", "<my study.jsh>", "<>", "<--out=*>"),
        ended.out.subList(main + 1, ended.out.size()));
  }

  @Test
  void theClassPathIsTheModulesAndTheJars() throws Exception {
    Path real = root.toRealPath();
    assertTrue(
        launch()
            .out
            .contains(
                "<%s/cli/target/classes:%s/engines/one/target/classes:%s>"
                    .formatted(real, real, jar)));
  }

  @Test
  void whatOnlyTestsNeedIsNotOnTheClassPath() throws Exception {
    write(
        "pom.xml",
        "<modules>\n<module>testing</module>\n<module>cli</module>\n<module>a/test</module>\n");
    Path real = root.toRealPath();
    List<String> out = launch().out;
    assertTrue(out.contains("<%s/cli/target/classes:%s>".formatted(real, jar)), out::toString);
  }

  @Test
  void setsOneThreadUnlessTheUserDoes() throws Exception {
    Ended ended = launch();
    assertEquals("threads=1 wait=passive tracking=true", ended.out.get(0));
    assertTrue(ended.out.contains("<-Dai.djl.pytorch.num_threads=1>"));
    environment.put("OMP_NUM_THREADS", "4");
    environment.put("OMP_WAIT_POLICY", "active");
    ended = launch();
    assertEquals("threads=4 wait=active tracking=true", ended.out.get(0));
    assertTrue(ended.out.contains("<-Dai.djl.pytorch.num_threads=4>"));
  }

  @Test
  void aPipeIsNoTerminal() throws Exception {
    List<String> out = launch().out;
    assertTrue(out.contains("<-Dcoppice.stdout.terminal=false>"));
    assertTrue(out.contains("<-Dcoppice.stderr.terminal=false>"));
    assertTrue(out.contains("columns="));
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aTerminalHasItsWidth() throws Exception {
    Path script = onPath("script").orElse(null);
    Path stty = onPath("stty").orElse(null);
    Needs.that(script != null && stty != null, "there is no script or stty");
    forward("stty", stty);
    String command = "stty cols 70; '%s'".formatted(root.resolve("coppice"));
    List<String> out = end(start(script, "-qec", command, "/dev/null")).out;
    assertTrue(out.contains("<-Dcoppice.stdout.terminal=true>"), out::toString);
    assertTrue(out.contains("<-Dcoppice.stderr.terminal=true>"));
    assertTrue(out.contains("columns=70"));
  }

  @Test
  void passesFurtherJavaOptions() throws Exception {
    environment.put("COPPICE_JAVA_OPTS", "-Xmx8g -Da=b");
    assertTrue(launch().out.containsAll(List.of("<-Xmx8g>", "<-Da=b>")));
  }

  @Test
  void buildsAgainWhenASourceChangesAppearsOrGoes() throws Exception {
    launch();
    write("cli/src/main/java/A.java", "class A { }");
    assertEquals("Building Coppice (its sources have changed)...\n", launch().err);
    write("cli/src/main/resources/a.txt", "");
    launch();
    Files.delete(root.resolve("cli/src/main/resources/a.txt"));
    launch();
    write("engines/one/pom.xml", "<project></project>");
    launch();
    assertEquals(5, builds().size());
    write("cli/src/test/java/ATest.java", "class ATest {}");
    launch();
    assertEquals(5, builds().size());
    assertTrue(builds().subList(1, 5).stream().allMatch("-o compile"::equals));
  }

  @Test
  void doesNotLookForChangesWhereItIsToldThatThereAreNone() throws Exception {
    launch();
    write("cli/src/main/java/A.java", "class A { }");
    environment.put("COPPICE_BUILT", "1");
    assertEquals(0, launch().code);
    assertEquals(1, builds().size());
  }

  @Test
  void buildsAgainWhenAJarIsGone() throws Exception {
    launch();
    Files.delete(jar);
    launch();
    assertEquals(2, builds().size());
  }

  @Test
  void asksTheNetworkOnlyWhenSomethingIsMissing() throws Exception {
    launch();
    write("cli/src/main/java/A.java", "class A { }");
    environment.put("FAKE_OFFLINE", "yes");
    assertEquals(0, launch().code);
    assertEquals(List.of("compile", "-o compile", "compile"), builds());
  }

  @Test
  void aFailedBuildShowsItsErrorsAndIsTriedAgain() throws Exception {
    environment.put("FAKE_FAILURE", "';' expected");
    Ended ended = launch();
    assertEquals(1, ended.code);
    assertEquals(List.of(), ended.out);
    List<String> lines = ended.err.lines().toList();
    assertEquals("[ERROR] A.java:[3] ';' expected", lines.get(1));
    assertTrue(lines.get(2).endsWith("build.log"));
    assertEquals(3, lines.size());
    environment.remove("FAKE_FAILURE");
    assertEquals(0, launch().code);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void twoAtOnceBuildOnce(boolean flock) throws Exception {
    if (flock) {
      Optional<Path> tool = onPath("flock");
      Needs.that(tool.isPresent(), "there is no flock");
      forward("flock", tool.get());
    }
    environment.put("FAKE_SECONDS", "1");
    Process one = start(root.resolve("coppice"));
    Process other = start(root.resolve("coppice"));
    assertEquals(0, end(one).code);
    assertEquals(0, end(other).code);
    assertEquals(1, builds().size());
    assertTrue(Files.notExists(root.resolve("target/build.lock.d")));
  }

  @Test
  void worksThroughSymbolicLinks() throws Exception {
    Path links = Files.createDirectories(folder.resolve("links"));
    Files.createSymbolicLink(links.resolve("one"), links.relativize(root.resolve("coppice")));
    Files.createSymbolicLink(links.resolve("two"), Path.of("one"));
    Ended ended = end(start(links.resolve("two")));
    assertEquals(0, ended.code);
    assertTrue(Files.exists(root.resolve("cli/target/launcher.stamp")));
  }

  @ParameterizedTest
  @CsvSource({
    "java,  Java 17 or newer is needed.",
    "javac, 'the Java compiler is needed, a JDK.'",
    "mvn,   Maven is needed for the build."
  })
  void whatIsMissingIsNamedWithTheWayToGetIt(String program, String message) throws Exception {
    Files.delete(bin.resolve(program));
    Ended ended = launch();
    assertEquals(1, ended.code);
    assertEquals(
        "coppice: "
            + message
            + " On Debian and Ubuntu: apt-get install -y openjdk-17-jdk-headless maven\n",
        ended.err);
  }

  @ParameterizedTest
  @CsvSource({
    "11.0.2, false",
    "1.8.0_402, false",
    "17, true",
    "17.0.15, true",
    "25, true",
    "26-ea, true"
  })
  void needsJava17(String version, boolean enough) throws Exception {
    environment.put("FAKE_VERSION", version);
    assertEquals(enough ? 0 : 1, launch().code);
  }

  @ParameterizedTest
  @CsvSource({"22.0.1, false", "23, true", "25.0.3, true"})
  void newJavasAreToldThatUnsafeIsKnown(String version, boolean told) throws Exception {
    environment.put("FAKE_VERSION", version);
    assertEquals(told, launch().out.contains("<--sun-misc-unsafe-memory-access=allow>"));
  }

  @Test
  void honoursJavaHome() throws Exception {
    Path home = Files.createDirectories(folder.resolve("a jdk"));
    Files.move(bin.resolve("java"), Files.createDirectories(home.resolve("bin")).resolve("java"));
    Files.move(bin.resolve("javac"), home.resolve("bin/javac"));
    environment.put("JAVA_HOME", home.toString());
    assertEquals(0, launch().code);
    environment.put("JAVA_HOME", folder.toString());
    Ended ended = launch();
    assertEquals(1, ended.code);
    assertTrue(ended.err.startsWith("coppice: JAVA_HOME is '" + folder + "'"));
  }

  @Test
  void testIsMavensVerify() throws Exception {
    Files.createDirectories(folder.resolve("my data"));
    environment.put("COPPICE_DATA", "my data");
    Ended ended = launch("test");
    assertEquals(0, ended.code);
    assertEquals("", ended.err);
    assertEquals(
        List.of("Tests run: 3, Failures: 0", "data=" + folder.resolve("my data")), ended.out);
    environment.put("FAKE_FAILURE", "a test failed");
    assertEquals(1, launch("test", "--all", "-pl", "cli").code);
    assertEquals(List.of("verify", "verify -DexcludedTags= -pl cli"), builds());
  }

  @Test
  void helpForTestIsCoppices() throws Exception {
    assertTrue(launch("test", "--help").out.contains("<--help>"));
    assertEquals(List.of("compile"), builds());
  }
}
