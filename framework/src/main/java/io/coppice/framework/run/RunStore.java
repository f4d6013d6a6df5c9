package io.coppice.framework.run;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import io.coppice.framework.network.Network;
import io.coppice.framework.recipe.Sha256;
import io.coppice.framework.storage.AtomicFile;
import io.coppice.framework.storage.DamagedFileException;
import io.coppice.framework.storage.NamedArrays;
import io.coppice.framework.training.EpochRow;
import io.coppice.framework.training.Plan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Finished and begun runs on the disk, each in the folder {@code runs/HASH} that its plan's hash
 * names: {@code plan.json}, {@code environment.json}, {@code epochs.csv}, {@code
 * model.safetensors}, {@code result.json}, and {@code checkpoint} while it runs. Studies share the
 * runs they have in common; processes may share a store.
 */
public final class RunStore {
  private final Path root;

  /** A store in {@code root/runs}; it is made when first written. */
  public RunStore(Path root) {
    this.root = root;
  }

  /** Where this plan's run is, or will be. */
  public Path folder(Plan plan) {
    return root.resolve("runs").resolve(plan.hash());
  }

  /** The training time of a finished run that is stored, in seconds; empty when there is none. */
  Optional<Double> seconds(Plan plan) {
    Path folder = folder(plan);
    if (!Files.exists(folder.resolve(RunFolder.RESULT))) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          RunFolder.readResult(folder, plan).epochs().stream()
              .mapToDouble(EpochRow::seconds)
              .sum());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  RunFolder open(Plan plan, Progress progress) throws IOException {
    return new RunFolder(folder(plan), plan, progress);
  }

  /**
   * The finished network of a stored run, with the chosen epoch's W̃ as its weights, for the caller
   * to close. Empty when the run is not finished, collapsed, or its files are not whole; running
   * its study makes it anew.
   */
  public Optional<Network> network(Plan plan, Progress progress) {
    Path folder = folder(plan);
    Path model = folder.resolve(RunFolder.MODEL);
    if (!Files.exists(folder.resolve(RunFolder.RESULT)) || !Files.exists(model)) {
      return Optional.empty();
    }
    try {
      StoredResult stored = RunFolder.readResult(folder, plan);
      byte[] weights = AtomicFile.read(model);
      if (!Sha256.hex(weights).equals(stored.files().get(RunFolder.MODEL))) {
        throw new DamagedFileException("its checksum is wrong");
      }
      return Optional.of(build(plan, stored, weights));
    } catch (IOException e) {
      progress.warning(folder + " holds no network to trust: " + e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * What a plan's run left behind, whether or not its network is still there. Empty while the run
   * is not finished, and when its result is not whole.
   */
  public Optional<RunResult> result(Plan plan, Progress progress) {
    Path folder = folder(plan);
    if (!Files.exists(folder.resolve(RunFolder.RESULT))) {
      return Optional.empty();
    }
    try {
      return Optional.of(RunFolder.readResult(folder, plan).of(plan));
    } catch (IOException e) {
      progress.warning(folder + " holds no result to trust: " + e.getMessage());
      return Optional.empty();
    }
  }

  private static Network build(Plan plan, StoredResult stored, byte[] weights) throws IOException {
    try (NDManager reading = NDManager.newBaseManager()) {
      // the engine's own manager as the parent: closing the network then leaves nothing behind
      Network network =
          Network.initialise(
              plan.model(),
              new Shape(stored.sample()),
              stored.classes(),
              plan.seed(),
              reading.getParentManager());
      try {
        NamedArrays.decodeInto(network.arrays(), weights, reading);
        return network;
      } catch (IOException e) {
        network.close();
        throw e;
      }
    }
  }
}
