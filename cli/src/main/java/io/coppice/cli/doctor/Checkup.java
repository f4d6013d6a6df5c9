package io.coppice.cli.doctor;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.coppice.datasets.files.DataFolders;
import io.coppice.datasets.files.Published;
import io.coppice.datasets.files.PublishedFile;
import io.coppice.framework.execution.EngineProducts;
import io.coppice.framework.ops.SparseOpsProvider;
import io.coppice.framework.optimize.EngineSupport;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Looks at everything on this machine that Coppice uses. */
public final class Checkup {
  private static final String MAVEN = "Maven";
  private static final String ENGINE = "engine";
  private static final String SPARSE = "sparse operations";
  private static final String CUDA = "CUDA";
  private static final String DATA = "data";
  private static final String TORCH = "Python's torch";

  private Checkup() {}

  /** One finding per thing. */
  public static List<Finding> findings() {
    return List.of(
        java(),
        Finding.of(MAVEN, () -> maven(Program.firstLine("mvn", "--version"))),
        Finding.of(ENGINE, Checkup::engine),
        Finding.of(SPARSE, () -> sparseOps(providers(Device.cpu()))),
        Finding.of(CUDA, () -> cuda(providers(Device.gpu()))),
        Finding.of(DATA, () -> data(DataFolders.standard())),
        Finding.of(TORCH, () -> torch(PythonTorch.find())));
  }

  private static Finding java() {
    return Finding.good("Java", Runtime.version() + " in " + System.getProperty("java.home"));
  }

  static Finding maven(Optional<String> version) {
    return version
        .map(line -> Finding.good(MAVEN, line))
        .orElseGet(
            () ->
                Finding.bad(
                    MAVEN,
                    "absent: a change of the sources could not be built; on Debian: apt-get"
                        + " install -y maven"));
  }

  private static Finding engine() {
    EngineSupport support = EngineSupport.find();
    support.start();
    Engine engine = Engine.getInstance();
    String threads =
        EngineProducts.find()
            .map(products -> ", threads of one operation: " + products.threads())
            .orElse("");
    String omission = support.omission().map(words -> "; " + words).orElse("");
    return Finding.good(
        ENGINE, engine.getEngineName() + " " + engine.getVersion() + threads + omission);
  }

  private static List<SparseOpsProvider> providers(Device device) {
    return SparseOpsProvider.all().stream().filter(home -> home.serves(device)).toList();
  }

  static Finding sparseOps(List<SparseOpsProvider> providers) {
    boolean serves =
        providers.stream().anyMatch(provider -> provider.open(Device.cpu()).isPresent());
    String homes =
        providers.stream().map(SparseOpsProvider::availability).collect(Collectors.joining("; "));
    return serves
        ? Finding.good(SPARSE, homes)
        : Finding.bad(SPARSE, "plain Java serves" + (homes.isEmpty() ? "" : ", as " + homes));
  }

  static Finding cuda(List<SparseOpsProvider> providers) {
    boolean serves =
        providers.stream().anyMatch(provider -> provider.open(Device.gpu()).isPresent());
    String homes =
        providers.stream().map(SparseOpsProvider::availability).collect(Collectors.joining("; "));
    return new Finding(CUDA, serves, homes.isEmpty() ? "no sparse operations for it" : homes);
  }

  /** The data sets by whether all their files are there. */
  static Finding data(DataFolders folders) {
    Map<String, Boolean> complete = new LinkedHashMap<>();
    for (PublishedFile file : Published.ALL) {
      complete.merge(file.folder(), folders.find(file).isPresent(), Boolean::logicalAnd);
    }
    String given = folders.given().map(Path::toString).orElse("COPPICE_DATA (not set)");
    String found = named(complete, true);
    String absent = named(complete, false);
    String finding =
        (found.isEmpty() ? "nothing" : found) + " in " + given + " or " + folders.cache();
    String remedy = absent.isEmpty() ? "" : "; 'coppice data fetch NAME' gets " + absent;
    return new Finding(DATA, absent.isEmpty(), finding + remedy);
  }

  private static String named(Map<String, Boolean> complete, boolean wanted) {
    return complete.entrySet().stream()
        .filter(entry -> entry.getValue() == wanted)
        .map(Map.Entry::getKey)
        .collect(Collectors.joining(", "));
  }

  static Finding torch(Optional<PythonTorch> found) {
    return found
        .map(torch -> Finding.good(TORCH, torch.version() + " of " + torch.python()))
        .orElseGet(
            () ->
                Finding.bad(
                    TORCH,
                    "absent: 'coppice bench training' compares with nothing; "
                        + PythonTorch.REMEDY));
  }
}
