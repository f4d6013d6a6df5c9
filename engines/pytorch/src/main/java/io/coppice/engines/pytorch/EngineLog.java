package io.coppice.engines.pytorch;

/** libtorch's own log: warnings about its internals are no use to who trains a network. */
final class EngineLog {
  private static final int ERRORS_ONLY = 2;

  private EngineLog() {}

  /** Lets only errors through; where libtorch keeps its level elsewhere, nothing happens. */
  static void errorsOnly() {
    try {
      EngineLibrary.open("c10")
          .getGlobalVariableAddress("FLAGS_caffe2_log_level")
          .setInt(0, ERRORS_ONLY);
    } catch (UnsatisfiedLinkError keptElsewhere) {
      return;
    }
  }
}
