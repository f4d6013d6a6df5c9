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
 * @param hash of its bytes, or empty
 */
record LoadedLibrary(Optional<String> problem, String hash) {
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
      Optional<LibraryFile> file = LibraryFile.in(cache);
      if (file.isEmpty()) {
        return missing(NOT_BUILT);
      }
      // the engine first: libraries loaded after it share its OpenMP threads, earlier ones do not
      EngineSupport.find().start();
      SparseLibrary.bind(file.get().path());
      return new LoadedLibrary(Optional.empty(), file.get().hash());
    } catch (IOException e) {
      return missing("the native sparse operations cannot be written to " + cache + ": " + e);
    } catch (UnsatisfiedLinkError e) {
      return missing("the native sparse operations cannot be loaded: " + e.getMessage());
    }
  }

  private static LoadedLibrary missing(String problem) {
    return new LoadedLibrary(Optional.of(problem), "");
  }
}
