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
 * from Maven's repositories, resolved by this machine's own Maven with its mirrors and cache.
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

  private Object maven(List<String> coordinates) throws IOException, InterruptedException {
    Require.that(!coordinates.isEmpty(), "%maven", "nothing", "group:artifact:version");
    List<Pom.Dependency> wanted = coordinates.stream().map(Pom.Dependency::of).toList();
    add(Pom.of(repositories, wanted), "runtime");
    return null;
  }

  private Object repository(List<String> arguments) {
    Require.that(arguments.size() == 2, "%mavenRepo", arguments, "a name and an address");
    repositories.add(new Pom.Repository(arguments.get(0), arguments.get(1)));
    return null;
  }

  private Object loadFile(List<String> arguments) throws IOException, InterruptedException {
    Require.that(!arguments.isEmpty(), "%loadFromPOM", "nothing", "a file, and scopes");
    add(Files.readString(Path.of(arguments.get(0))), scope(arguments.subList(1, arguments.size())));
    return null;
  }

  private Object loadText(List<String> scopes, String body)
      throws IOException, InterruptedException {
    add(Pom.completed(body), scope(scopes));
    return null;
  }

  /** Maven's name for all of these scopes. */
  private static String scope(List<String> scopes) {
    if (scopes.contains("test") || scopes.contains("provided")) {
      return "test";
    }
    return scopes.equals(List.of("compile")) ? "compile" : "runtime";
  }

  private void add(String pom, String scope) throws IOException, InterruptedException {
    MavenProgram.classPath(pom, scope).forEach(classPath);
  }
}
