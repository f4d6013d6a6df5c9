package io.coppice.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.conditions.ArchConditions.beFinal;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Who may know whom, so that each room of the house can be read, tested and replaced alone. */
class ArchitectureTest {
  private static final String ENGINES = "io.coppice.engines..";

  private static JavaClasses classes;

  /** The modules' own classes, from folders or jars, as Maven has built them so far. */
  @BeforeAll
  static void read() {
    List<Path> modules =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .map(Path::of)
            .filter(
                path ->
                    path.endsWith("target/classes")
                        || path.getFileName().toString().startsWith("coppice-"))
            .toList();
    classes = new ClassFileImporter().importPaths(modules);
    for (String module : List.of("framework.recipe", "datasets", "dsl", "cli")) {
      assertTrue(classes.containPackage("io.coppice." + module), module);
    }
  }

  @Test
  void modulesKnowOnlyEarlierOnes() {
    LayeredArchitecture modules = layeredArchitecture().consideringOnlyDependenciesInLayers();
    modules = layer(modules, "framework", "io.coppice.framework..");
    modules = layer(modules, "datasets", "io.coppice.datasets..", "framework");
    modules = layer(modules, "engines", ENGINES, "framework");
    modules = layer(modules, "dsl", "io.coppice.dsl..", "framework", "datasets");
    modules = layer(modules, "notebook", "io.coppice.notebooks..", "framework", "datasets", "dsl");
    modules = layer(modules, "repro", "io.coppice.repro..", "framework", "datasets", "dsl");
    modules
        .layer("cli")
        .definedBy("io.coppice.cli..")
        .whereLayer("cli")
        .mayNotBeAccessedByAnyLayer()
        .because("folders stand in the order that data flow")
        .check(classes);
  }

  @Test
  void packagesOfTheFrameworkKnowOnlyEarlierOnes() {
    LayeredArchitecture rooms = layeredArchitecture().consideringOnlyDependenciesInLayers();
    rooms = room(rooms, "recipe");
    rooms = room(rooms, "display");
    rooms = room(rooms, "storage", "recipe");
    rooms = room(rooms, "statistics", "recipe");
    rooms = room(rooms, "data", "recipe");
    rooms = room(rooms, "ops", "recipe");
    rooms = room(rooms, "autograd", "recipe", "ops");
    rooms = room(rooms, "blocks", "recipe", "ops", "autograd");
    rooms = room(rooms, "optimize", "recipe", "ops", "autograd");
    rooms =
        room(rooms, "network", "recipe", "display", "storage", "data", "ops", "blocks", "optimize");
    rooms =
        room(
            rooms,
            "execution",
            "recipe",
            "display",
            "storage",
            "ops",
            "autograd",
            "blocks",
            "network",
            "data");
    rooms = room(rooms, "sparsity", "recipe", "display", "network");
    rooms =
        room(
            rooms,
            "method",
            "recipe",
            "display",
            "data",
            "ops",
            "autograd",
            "blocks",
            "optimize",
            "network",
            "sparsity");
    rooms =
        room(
            rooms,
            "training",
            "recipe",
            "storage",
            "data",
            "autograd",
            "optimize",
            "network",
            "method");
    rooms =
        room(
            rooms,
            "measure",
            "recipe",
            "data",
            "ops",
            "autograd",
            "network",
            "execution",
            "training");
    rooms =
        room(
            rooms,
            "run",
            "recipe",
            "display",
            "storage",
            "data",
            "network",
            "optimize",
            "method",
            "training",
            "measure");
    rooms =
        room(
            rooms,
            "film",
            "recipe",
            "display",
            "data",
            "network",
            "sparsity",
            "method",
            "training",
            "run");
    rooms
        .because("a method knows no loop, the loop no method by name, a metric no run")
        .check(classes);
  }

  private static LayeredArchitecture room(
      LayeredArchitecture rooms, String name, String... mayKnow) {
    return layer(rooms, name, "io.coppice.framework." + name + "..", mayKnow);
  }

  private static LayeredArchitecture layer(
      LayeredArchitecture layers, String name, String packages, String... mayKnow) {
    LayeredArchitecture with = layers.optionalLayer(name).definedBy(packages);
    return mayKnow.length == 0
        ? with.whereLayer(name).mayNotAccessAnyLayer()
        : with.whereLayer(name).mayOnlyAccessLayers(mayKnow);
  }

  @Test
  void onlyTheEngineKnowsTheEngine() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ENGINES)
        .should()
        .dependOnClassesThat()
        .resideInAPackage("ai.djl.pytorch..")
        .because("methods and measures are written once, for whatever engine DJL finds")
        .check(classes);
  }

  @Test
  void packagesHaveNoCycles() {
    slices()
        .matching("io.coppice.(**)")
        .should()
        .beFreeOfCycles()
        .because("a package can then be understood after those that it knows")
        .check(classes);
  }

  @Test
  void packagesAreNamedAfterWhatIsInThem() {
    noClasses()
        .should()
        .resideInAnyPackage("..util..", "..utils..", "..common..", "..manager..", "..impl..")
        .because("such a name says nothing")
        .check(classes);
  }

  @Test
  void nothingStaticChanges() {
    fields()
        .that()
        .areStatic()
        .should(beFinal())
        .because("two studies in one process must not know of each other")
        .check(classes);
  }

  @Test
  void noArrayIsOpenToAll() {
    fields()
        .that()
        .areStatic()
        .and()
        .areNotPrivate()
        .and()
        .doNotHaveModifier(JavaModifier.SYNTHETIC)
        .should()
        .notHaveRawType(describe("an array", JavaClass::isArray))
        .because("anyone could write into it")
        .check(classes);
  }
}
