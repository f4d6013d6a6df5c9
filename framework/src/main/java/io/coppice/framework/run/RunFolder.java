package io.coppice.framework.run;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.coppice.framework.network.Network;
import io.coppice.framework.recipe.Sha256;
import io.coppice.framework.storage.AtomicFile;
import io.coppice.framework.storage.DamagedFileException;
import io.coppice.framework.training.Checkpoint;
import io.coppice.framework.training.Plan;
import io.coppice.framework.training.Training;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The files of one run. Everything but {@link #acquire} is for the process that has acquired it.
 * What is damaged, or belongs to another run, is renamed, reported and made anew.
 */
final class RunFolder implements AutoCloseable {
  static final String PLAN = "plan.json";
  static final String EPOCHS = "epochs.csv";
  static final String RESULT = "result.json";
  static final String MODEL = "model.safetensors";
  static final String ENVIRONMENT = "environment.json";
  static final String CHECKPOINT = "checkpoint";
  static final String LOCK = "lock";
  private static final String WRONG_CHECKSUM = "its checksum is wrong";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectWriter PRETTY = JSON.writerWithDefaultPrettyPrinter();

  private final Path folder;
  private final Plan plan;
  private final Progress progress;
  private final RunLock lock;

  RunFolder(Path folder, Plan plan, Progress progress) throws IOException {
    this.folder = folder;
    this.plan = plan;
    this.progress = progress;
    if (Files.exists(folder) && !Files.isDirectory(folder)) {
      setAside(folder, "it is not a folder");
    }
    Files.createDirectories(folder);
    if (Files.isDirectory(folder.resolve(LOCK))) {
      setAside(folder.resolve(LOCK), "it is a folder");
    }
    lock = new RunLock(folder.resolve(LOCK));
  }

  /**
   * Claims the run and removes what killed processes left half written, or returns false while
   * another process or thread works on it.
   */
  boolean acquire() throws IOException {
    boolean acquired = lock.acquire();
    if (acquired) {
      AtomicFile.removeParts(folder);
    }
    return acquired;
  }

  /** The finished run; empty when there is none that can be trusted. */
  Optional<RunResult> result() throws IOException {
    checkPlan();
    Path file = folder.resolve(RESULT);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      StoredResult stored = readResult(folder, plan);
      checkModel(stored);
      for (String name : List.of(EPOCHS, ENVIRONMENT)) {
        if (!isWhole(name, stored)) {
          setAside(folder.resolve(name), WRONG_CHECKSUM);
        }
      }
      if (!Files.exists(folder.resolve(EPOCHS))) {
        write(EPOCHS, EpochsCsv.of(stored.epochs()));
      }
      Files.deleteIfExists(folder.resolve(CHECKPOINT));
      return Optional.of(stored.of(plan));
    } catch (IOException e) {
      setAside(file, e.getMessage());
      return Optional.empty();
    }
  }

  /**
   * Reads {@code result.json} as this plan's.
   *
   * @throws DamagedFileException when it is not whole, or another plan's
   */
  static StoredResult readResult(Path folder, Plan plan) throws IOException {
    StoredResult stored = StoredResult.decode(AtomicFile.read(folder.resolve(RESULT)));
    if (!stored.run().equals(plan.hash())) {
      throw new DamagedFileException("it belongs to run " + stored.run());
    }
    return stored;
  }

  private void checkPlan() throws IOException {
    Path file = folder.resolve(PLAN);
    byte[] expected = plan.json().getBytes(StandardCharsets.UTF_8);
    if (Files.exists(file)
        && !(Files.isRegularFile(file)
            && Sha256.hex(AtomicFile.read(file)).equals(Sha256.hex(expected)))) {
      setAside(file, "it is not the plan of this run");
    }
    if (!Files.exists(file)) {
      write(PLAN, expected);
    }
  }

  private void checkModel(StoredResult stored) throws IOException {
    if (!isWhole(MODEL, stored)) {
      setAside(folder.resolve(MODEL), WRONG_CHECKSUM);
      throw new DamagedFileException("the network it describes is damaged");
    }
  }

  /** Whether the file is as it was written; a user may delete it, but not change it. */
  private boolean isWhole(String name, StoredResult stored) throws IOException {
    Path file = folder.resolve(name);
    return !Files.exists(file)
        || Files.isRegularFile(file)
            && Sha256.hex(AtomicFile.read(file)).equals(stored.files().get(name));
  }

  /** Puts a fresh training where an earlier session left it, if one did. */
  void resume(Training training) throws IOException {
    Path file = folder.resolve(CHECKPOINT);
    if (Files.exists(file)) {
      try {
        Checkpoint.resume(file, training);
      } catch (IOException e) {
        setAside(file, e.getMessage());
      }
    }
    addSession(Environment.now(training.rows().size()));
  }

  void save(Training training) throws IOException {
    Checkpoint.write(training, folder.resolve(CHECKPOINT));
  }

  private void addSession(Environment session) throws IOException {
    Path file = folder.resolve(ENVIRONMENT);
    List<Environment> sessions = new ArrayList<>();
    if (Files.exists(file)) {
      try {
        sessions.addAll(JSON.readValue(AtomicFile.read(file), new TypeReference<>() {}));
      } catch (IOException e) {
        setAside(file, "it is not a list of sessions");
      }
    }
    sessions.add(session);
    write(ENVIRONMENT, PRETTY.writeValueAsBytes(sessions));
  }

  /** Stores a run that ended with these weights, or, after a collapse, without any. */
  void finish(RunResult result, Network network, Optional<byte[]> weights) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    files.put(ENVIRONMENT, Sha256.hex(AtomicFile.read(folder.resolve(ENVIRONMENT))));
    byte[] epochs = EpochsCsv.of(result.epochs());
    files.put(EPOCHS, Sha256.hex(epochs));
    write(EPOCHS, epochs);
    if (weights.isPresent()) {
      files.put(MODEL, Sha256.hex(weights.get()));
      write(MODEL, weights.get());
    }
    long[] sample = network.sample().getShape();
    write(RESULT, StoredResult.of(result, sample, network.classes(), files).encode());
    Files.deleteIfExists(folder.resolve(CHECKPOINT));
  }

  private void write(String name, byte[] content) throws IOException {
    AtomicFile.write(folder.resolve(name), content);
  }

  private void setAside(Path file, String reason) throws IOException {
    Path aside = file;
    for (int n = 1; Files.exists(aside); n++) {
      aside = file.resolveSibling(file.getFileName() + ".damaged-" + n);
    }
    Files.move(file, aside);
    progress.warning(file + " cannot be trusted: " + reason + "; it is now " + aside.getFileName());
  }

  @Override
  public void close() throws IOException {
    lock.close();
  }
}
