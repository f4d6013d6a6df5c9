package io.coppice.cli;

/** What the process ends with, for the scripts that start it. */
final class ExitCode {
  static final int OK = 0;
  static final int FAILURE = 1;
  static final int USAGE = 2;
  static final int DATA = 3;
  static final int STUDY = 4;
  static final int INTERRUPTED = 130;

  private ExitCode() {}
}
