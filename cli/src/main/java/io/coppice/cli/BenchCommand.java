package io.coppice.cli;

import picocli.CommandLine.Command;

/** The group of benchmarks. */
@Command(name = "bench", description = "Measure Coppice's speed on this machine.")
final class BenchCommand extends CommandGroup {}
