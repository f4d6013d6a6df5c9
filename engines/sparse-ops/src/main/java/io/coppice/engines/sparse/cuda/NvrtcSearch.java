package io.coppice.engines.sparse.cuda;

import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Where NVRTC may lie: named by the user, beside the engine, in a toolkit, on the system's path.
 */
final class NvrtcSearch {
  /** The environment's name for the library's file. */
  static final String VARIABLE = "COPPICE_NVRTC";

  /** What a user can do where it is missing. */
  static final String REMEDY =
      "NVRTC comes with PyTorch's CUDA build and with CUDA's toolkit, and "
          + VARIABLE
          + " names its file";

  private static final String BUILTINS = "libnvrtc-builtins";
  private static final List<String> SYSTEM_NAMES =
      List.of("libnvrtc.so.13", "libnvrtc.so.12", "libnvrtc.so.11.2", "libnvrtc.so");

  private NvrtcSearch() {}

  /** What to try to load, in this order. */
  static List<String> candidates(Map<String, String> environment, Optional<Path> engine) {
    List<String> candidates = new ArrayList<>();
    Optional.ofNullable(environment.get(VARIABLE)).ifPresent(candidates::add);
    engine.ifPresent(folder -> candidates.addAll(in(folder)));
    for (String variable : List.of("CUDA_HOME", "CUDA_PATH")) {
      Optional.ofNullable(environment.get(variable))
          .ifPresent(toolkit -> candidates.addAll(in(Path.of(toolkit, "lib64"))));
    }
    candidates.addAll(SYSTEM_NAMES);
    return candidates;
  }

  private static List<String> in(Path folder) {
    return files(folder, name -> !name.startsWith(BUILTINS) && !name.contains(".alt."));
  }

  /** Loads the library's other half from its folder, which it would look for on the path only. */
  static void loadBuiltinsBeside(String library) {
    Path folder = Path.of(library).getParent();
    if (folder != null) {
      files(folder, name -> name.startsWith(BUILTINS)).forEach(NativeLibrary::getInstance);
    }
  }

  private static List<String> files(Path folder, Predicate<String> wanted) {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .filter(file -> file.getFileName().toString().matches("libnvrtc[-.].*so.*"))
          .filter(file -> wanted.test(file.getFileName().toString()))
          .map(Path::toString)
          .sorted(Comparator.reverseOrder())
          .toList();
    } catch (IOException absent) {
      return List.of();
    }
  }
}
