package io.coppice.engines.sparse;

import io.coppice.framework.optimize.EngineSupport;
import io.coppice.framework.storage.CacheFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What came of loading the native library into this process, which is tried once.
 *
 * @param problem one line that says why it is not there and what to do, or empty
 */
record LoadedLibrary(Optional<String> problem) {
  private static final String NOT_BUILT =
      "the native sparse operations are not built: g++ was missing, or failed, when Coppice was"
          + " built. On Debian and Ubuntu: apt-get install -y g++, then build again";

  private static final class Once {
    private static final LoadedLibrary OUTCOME = load(CacheFolder.of("native"));
  }

  static LoadedLibrary inThisProcess() {
    return Once.OUTCOME;
  }

  private static LoadedLibrary load(Path cache) {
    try {
      Optional<Path> file = LibraryFile.in(cache);
      if (file.isEmpty()) {
        return new LoadedLibrary(Optional.of(NOT_BUILT));
      }
      // the engine first: libraries loaded after it share its OpenMP threads, earlier ones do not
      EngineSupport.find().start();
      SparseLibrary.bind(file.get());
      return new LoadedLibrary(Optional.empty());
    } catch (IOException e) {
      return new LoadedLibrary(
          Optional.of("the native sparse operations cannot be written to " + cache + ": " + e));
    } catch (UnsatisfiedLinkError e) {
      return new LoadedLibrary(
          Optional.of("the native sparse operations cannot be loaded: " + e.getMessage()));
    }
  }
}
