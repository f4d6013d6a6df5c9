package io.coppice.notebooks.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.recipe.RecipeException;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** With this machine's own Maven, and libraries that this build has fetched already. */
class MavenMagicsTest {
  private static final String PARENT =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <groupId>notebook</groupId><artifactId>parent</artifactId><version>1</version>
        <packaging>pom</packaging>
        <dependencyManagement><dependencies><dependency>
          <groupId>eu.neilalexander</groupId><artifactId>jnacl</artifactId><version>1.0.0</version>
        </dependency></dependencies></dependencyManagement>
      </project>
      """;
  private static final String CHILD =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
        <modelVersion>4.0.0</modelVersion>
        <parent>
          <groupId>notebook</groupId><artifactId>parent</artifactId><version>1</version>
          <relativePath>../pom.xml</relativePath>
        </parent>
        <artifactId>child</artifactId>
        <dependencies>
          <dependency><groupId>eu.neilalexander</groupId><artifactId>jnacl</artifactId></dependency>
          <dependency>
            <groupId>info.picocli</groupId><artifactId>picocli</artifactId>
            <version>4.7.7</version><scope>test</scope>
          </dependency>
        </dependencies>
      </project>
      """;

  @TempDir Path folder;

  private final List<Path> added = new ArrayList<>();
  private final Magics magics = new Magics();

  MavenMagicsTest() {
    new MavenMagics(added::add).register(magics);
  }

  private List<String> names() {
    return added.stream().map(path -> path.getFileName().toString()).toList();
  }

  @Test
  void coordinatesMayHaveATypeAndAClassifier() {
    assertEquals(new Pom.Dependency("g", "a", "jar", "", "1"), Pom.Dependency.of("g:a:1"));
    assertEquals(new Pom.Dependency("g", "a", "zip", "", "1"), Pom.Dependency.of("g:a:zip:1"));
    assertEquals(new Pom.Dependency("g", "a", "jar", "x", "1"), Pom.Dependency.of("g:a:jar:x:1"));
    for (String wrong : List.of("g", "g:a", "g::1", "g:a:b:c:d:e", "")) {
      assertThrows(RecipeException.class, () -> Pom.Dependency.of(wrong), wrong);
    }
  }

  @Test
  void mavenFindsALibrary() throws Exception {
    List<String> paths = magics.applyLineMagic("maven", List.of("eu.neilalexander:jnacl:1.0.0"));
    assertEquals(List.of("jnacl-1.0.0.jar"), names());
    assertEquals(added.stream().map(Path::toString).toList(), paths);
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void mavenFindsAClassifiersJar() throws Exception {
    magics.applyLineMagic(
        "addMavenDependencies",
        List.of("ai.djl.pytorch:pytorch-native-cpu:jar:linux-x86_64:2.7.1"));
    assertTrue(names().contains("pytorch-native-cpu-2.7.1-linux-x86_64.jar"), names()::toString);
  }

  @Test
  void aPartOfAProjectIsEnough() throws Exception {
    magics.applyCellMagic(
        "loadFromPOM",
        List.of(),
        "<dependency><groupId>eu.neilalexander</groupId><artifactId>jnacl</artifactId>"
            + "<version>1.0.0</version></dependency>");
    assertEquals(List.of("jnacl-1.0.0.jar"), names());
  }

  @Test
  void aFileHasItsParentBesideItAndItsScopes() throws Exception {
    Path parent = Files.writeString(folder.resolve("pom.xml"), PARENT);
    Path child =
        Files.writeString(Files.createDirectory(folder.resolve("child")).resolve("pom.xml"), CHILD);
    String before = Files.readString(parent);
    magics.applyLineMagic("loadFromPOM", List.of(child.toString()));
    assertEquals(List.of("jnacl-1.0.0.jar"), names());
    added.clear();
    magics.applyLineMagic("loadFromPOM", List.of(child.toString(), "compile", "test"));
    assertEquals(List.of("jnacl-1.0.0.jar", "picocli-4.7.7.jar"), names());
    added.clear();
    magics.applyLineMagic("loadFromPOM", List.of(child.toString(), "compile"));
    assertEquals(List.of("jnacl-1.0.0.jar"), names());
    assertEquals(before, Files.readString(parent));
    try (Stream<Path> files = Files.walk(folder)) {
      assertEquals(2, files.filter(Files::isRegularFile).count());
    }
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    RecipeException error =
        assertThrows(
            RecipeException.class,
            () -> magics.applyLineMagic("loadFromPOM", List.of("nowhere.xml")));
    assertEquals(
        "%loadFromPOM is nowhere.xml; allowed: a file that exists, and scopes", error.getMessage());
  }

  @Test
  void elementsFindTheirPlace() {
    String pom =
        Pom.completed(
            "<properties><v>1</v></properties><repository><id>r</id></repository>"
                + "<dependencies><dependency><groupId>${v}</groupId></dependency></dependencies>");
    assertTrue(pom.contains("<repositories><repository><id>r</id></repository></repositories>"));
    assertTrue(pom.contains("<dependencies><dependency><groupId>${v}</groupId></dependency></"));
    assertTrue(pom.contains("<properties><v>1</v></properties>"));
    assertEquals("<project>x</project>", Pom.completed("<project>x</project>"));
    String entity = "<!DOCTYPE a [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><a>&x;</a>";
    assertThrows(IllegalArgumentException.class, () -> Pom.completed(entity));
  }

  @Test
  void namesAreEscaped() {
    String pom = Pom.of(List.of(new Pom.Repository("a", "http://x?a&b<")), List.of());
    assertTrue(pom.contains("http://x?a&amp;b&lt;"));
    assertFalse(pom.contains("b<<"));
  }

  @Test
  void argumentsMayBeQuoted() {
    assertEquals(List.of("a b", "c", ""), MagicCall.split("\"a b\"  c \"\""));
  }
}
