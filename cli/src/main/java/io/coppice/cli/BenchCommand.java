package io.coppice.cli;

import io.coppice.cli.bench.OpsBenchCommand;
import io.coppice.cli.bench.TrainingBenchCommand;
import picocli.CommandLine.Command;

/** The group of benchmarks. */
@Command(
    name = "bench",
    description = "Measure Coppice's speed on this machine.",
    subcommands = {OpsBenchCommand.class, TrainingBenchCommand.class})
final class BenchCommand extends CommandGroup {}
