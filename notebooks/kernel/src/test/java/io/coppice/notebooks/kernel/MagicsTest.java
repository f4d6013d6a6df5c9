package io.coppice.notebooks.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.notebooks.script.Script;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Lines that begin with a percent sign. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MagicsTest {
  private final Session session = new Session();

  @TempDir Path folder;

  @AfterAll
  void close() {
    session.close();
  }

  /** A folder with one class, {@code extra.NAME} with a field {@code X}. */
  private Path compiled(String name, int x) throws IOException {
    Path source = folder.resolve(name + ".java");
    Files.writeString(
        source, "package extra; public class %s { public static int X = %d; }".formatted(name, x));
    Path classes = Files.createDirectories(folder.resolve("classes of " + name));
    ToolProvider.getSystemJavaCompiler()
        .run(null, null, null, "-d", classes.toString(), source.toString());
    return classes;
  }

  private Path jar(Path into, String name, int x) throws IOException {
    Path file = Files.createDirectories(into).resolve(name + ".jar");
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream jar = new ZipOutputStream(out)) {
      jar.putNextEntry(new ZipEntry("extra/" + name + ".class"));
      jar.write(Files.readAllBytes(compiled(name, x).resolve("extra/" + name + ".class")));
    }
    return file;
  }

  private static List<String> magics(String text) {
    return Cell.of(new Script("", text)).parts().stream()
        .filter(part -> !(part instanceof Cell.Java))
        .map(Cell.Part::toString)
        .map(part -> part.replaceAll("Magic\\[from=\\d+, to=\\d+, call=(.*)\\]", " $1"))
        .toList();
  }

  @Test
  void theyAreLinesOutsideOfStatementsOrAreAssigned() {
    assertEquals(
        List.of("Line jars a.jar", "Line load z"),
        magics("f()\n%jars a.jar\nString s = \"\"\"\n%d\n\"\"\";\nif (x) {\n%y\n}\n%load z"));
    assertEquals(List.of("Line jars a/*.jar", "Line jars b"), magics("%jars a/*.jar\n%jars b"));
    assertEquals(
        List.of("Assigned jars a/*.jar;", "Assigned maven g:a:1", "Line load z"),
        magics("List<String> s = %jars a/*.jar;\nif (x) {\ns =%maven g:a:1\n}\n%load z"));
    assertEquals(List.of(), magics("String s = \"= %d\"; // = %d\nint x = 3 %y;\nx %=y"));
  }

  @Test
  void whatIsAssignedKeepsItsPlace() {
    Cell cell = Cell.of(new Script("", "var a = %jars \"x y\" \\z\\\"\nint b = 1;"));
    assertEquals("var a = 0;" + " ".repeat(14) + "\nint b = 1;", cell.java());
    assertEquals(
        "var a = io.coppice.notebooks.kernel.CellWords.lineMagic(\"jars\","
            + " java.util.List.of(\"x y\", \"\\\\z\\\\\"));\nint b = 1;",
        cell.withCalls().script().text());
    assertEquals("complete", session.kernel().isComplete("List<String> a = %jars x"));
  }

  @Test
  void theyRunInTheirPlaceAndShowNothing() throws Exception {
    Path script = Files.writeString(folder.resolve("more.jsh"), "int loaded = 40;\n/exit\nno");
    assertEquals("42", session.value("int two = 2;\n%load " + script + "\nloaded + two"));
    assertEquals(
        "42", session.value("lineMagic(\"load\", List.of(\"" + script + "\"));\nloaded + two"));
    assertNull(session.value("5\n%load " + script));
    List<String> lines = session.failure("%jrs x");
    assertTrue(lines.get(0).contains("jrs"), lines::toString);
  }

  @Test
  void aNotebookIsLoadedCellByCell() throws Exception {
    Path notebook = folder.resolve("other.ipynb");
    Files.writeString(
        notebook,
        """
        {"cells": [
          {"cell_type": "markdown", "metadata": {}, "source": ["not code"]},
          {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": null,
           "source": ["int fromNotebook =\\n", "    30;"]},
          {"cell_type": "code", "metadata": {}, "outputs": [], "execution_count": null,
           "source": ["fromNotebook++;"]}],
         "metadata": {"kernelspec": {"language": "java", "name": "java", "display_name": "Java"},
                      "language_info": {"name": "java", "file_extension": ".jsh"}},
         "nbformat": 4, "nbformat_minor": 5}
        """);
    assertEquals("31", session.value("%load " + notebook + "\nfromNotebook"));
  }

  @Test
  void onesOwnAreCalledFromLinesCellsAndJava() {
    session.value(
        """
        getKernelInstance().getMagics().registerLineMagic("twice", words -> words.get(0) + words);
        getKernelInstance().getMagics().registerCellMagic(
            "shout", (words, body) -> { System.out.print(body.toUpperCase() + words); return 7; });
        """);
    assertEquals("a[a, b]", session.value("String s = %twice a b\ns"));
    assertEquals("a[a]", session.value("lineMagic(\"twice\", List.of(\"a\"))"));
    assertNull(session.value("%%shout x y\nsome\ntext"));
    assertEquals("SOME\nTEXT[x, y]", session.heard().text("stdout"));
    assertEquals("7", session.value("int seven = cellMagic(\"shout\", List.of(), \"b\");\nseven"));
    assertEquals("B[]", session.heard().text("stdout"));
    assertEquals(List.of("%twice"), session.kernel().completion("%tw", 3).texts());
    assertEquals(List.of("%%loadFromPOM", "%%shout"), session.kernel().completion("%%", 2).texts());
  }

  @Test
  void foldersJoinTheClassPath() throws Exception {
    Path classes = compiled("Folder", 6);
    assertEquals("6", session.value("%classpath \"" + classes + "\"\nextra.Folder.X"));
    assertEquals(
        "[" + classes + "]",
        session.value("lineMagic(\"classpath\", List.of(\"" + classes + "\"))"));
    String missing = session.failure("%jars " + folder + "/*.no").get(0);
    assertTrue(missing.endsWith("/*.no; allowed: a path to something that exists"), missing);
    missing = session.failure("%classpath " + folder + "/none/x").get(0);
    assertTrue(missing.contains("allowed: a path"), missing);
  }

  @Test
  void jarsJoinTheClassPathByGlobByFolderAndByName() throws Exception {
    Path one = jar(folder.resolve("one"), "One", 1);
    Path two = jar(folder.resolve("one"), "Two", 2);
    Files.writeString(folder.resolve("one/read.me"), "no jar");
    assertEquals(
        "[" + one + ", " + two + "]",
        session.value(
            "List<String> added = %jars " + folder + "/one/*.jar\nint next = extra.One.X;\nadded"));
    assertEquals("3", session.value("next + extra.Two.X"));
    Path three = jar(folder.resolve("three"), "Three", 3);
    assertEquals(
        "[" + three + "]",
        session.value("lineMagic(\"jars\", List.of(\"" + three.getParent() + "\"))"));
    assertEquals("3", session.value("extra.Three.X"));
    Path four = jar(folder.resolve("four"), "Four", 4);
    assertEquals("4", session.value("%jars " + four + "\nextra.Four.X"));
  }

  @Test
  void aLibraryOfMavensIsUsedInTheSameCell() {
    session.failure("picocli.CommandLine.VERSION");
    assertEquals(
        "4.7.7", session.value("%maven info.picocli:picocli:4.7.7\npicocli.CommandLine.VERSION"));
  }
}
