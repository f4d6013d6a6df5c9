package io.coppice.notebooks.kernel;

import io.coppice.framework.recipe.Require;
import io.github.spencerpark.jupyter.kernel.magic.registry.Magics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * {@code %maven}, {@code %mavenRepo}, {@code %loadFromPOM} and {@code %%loadFromPOM}: libraries
 * from Maven's repositories, resolved by this machine's own Maven with its mirrors and cache. They
 * give the paths of the jars that they added.
 */
final class MavenMagics {
  private final Consumer<Path> classPath;
  private final List<Pom.Repository> repositories = new ArrayList<>();

  MavenMagics(Consumer<Path> classPath) {
    this.classPath = classPath;
  }

  void register(Magics magics) {
    for (String name : List.of("maven", "addMavenDependency", "addMavenDependencies")) {
      magics.registerLineMagic(name, this::maven);
    }
    for (String name : List.of("mavenRepo", "addMavenRepo")) {
      magics.registerLineMagic(name, this::repository);
    }
    magics.registerLineMagic("loadFromPOM", this::loadFile);
    magics.registerCellMagic("loadFromPOM", this::loadText);
  }

  private List<String> maven(List<String> coordinates) throws IOException, InterruptedException {
    Require.that(!coordinates.isEmpty(), "%maven", "nothing", "group:artifact:version");
    List<Pom.Dependency> wanted = coordinates.stream().map(Pom.Dependency::of).toList();
    return add(MavenProgram.classPath(Pom.of(repositories, wanted), "runtime"));
  }

  private Object repository(List<String> arguments) {
    Require.that(arguments.size() == 2, "%mavenRepo", arguments, "a name and an address");
    repositories.add(new Pom.Repository(arguments.get(0), arguments.get(1)));
    return null;
  }

  /** The file is read where it lies, since its parent may lie beside it. */
  private List<String> loadFile(List<String> arguments) throws IOException, InterruptedException {
    Require.that(!arguments.isEmpty(), "%loadFromPOM", "nothing", "a file, and scopes");
    Path project = Path.of(arguments.get(0));
    Require.that(Files.exists(project), "%loadFromPOM", project, "a file that exists, and scopes");
    return add(MavenProgram.classPath(project, scope(arguments.subList(1, arguments.size()))));
  }

  private List<String> loadText(List<String> scopes, String body)
      throws IOException, InterruptedException {
    return add(MavenProgram.classPath(Pom.completed(body), scope(scopes)));
  }

  /** Maven's name for all of these scopes. */
  private static String scope(List<String> scopes) {
    if (scopes.contains("test") || scopes.contains("provided")) {
      return "test";
    }
    return scopes.equals(List.of("compile")) ? "compile" : "runtime";
  }

  private List<String> add(List<Path> jars) {
    jars.forEach(classPath);
    return jars.stream().map(Path::toString).toList();
  }
}
