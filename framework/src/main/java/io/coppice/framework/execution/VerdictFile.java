package io.coppice.framework.execution;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.coppice.framework.storage.AtomicFile;
import io.coppice.framework.storage.Processor;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Verdicts in a JSON file: per machine and key the microseconds of each form. Machines may share it
 * and several processes may use it; of two that store at once, one may have to time again. A file
 * that is damaged or cannot be read counts as empty, and what cannot be written is timed again.
 */
public final class VerdictFile implements Verdicts {
  private static final TypeReference<TreeMap<String, Map<String, Double>>> CONTENT =
      new TypeReference<>() {};
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectWriter WRITER = JSON.writerWithDefaultPrettyPrinter();

  private final Path file;
  private final String machine;

  public VerdictFile(Path file) {
    this(file, Processor.model() + ", cores " + Processor.cores());
  }

  /**
   * @param machine whose verdicts these are
   */
  VerdictFile(Path file, String machine) {
    this.file = file.toAbsolutePath();
    this.machine = machine;
  }

  @Override
  public Optional<Map<String, Double>> find(String key) {
    return Optional.ofNullable(read().get(ofMachine(key)));
  }

  @Override
  public void store(String key, Map<String, Double> microseconds) {
    Map<String, Map<String, Double>> content = read();
    content.put(ofMachine(key), microseconds);
    try {
      AtomicFile.write(file, WRITER.writeValueAsBytes(content));
    } catch (IOException timedAgainNextTime) {
      // a verdict that is not kept costs time alone
    }
  }

  private String ofMachine(String key) {
    return machine + "; " + key;
  }

  private Map<String, Map<String, Double>> read() {
    try {
      return Objects.requireNonNullElseGet(
          JSON.readValue(AtomicFile.read(file), CONTENT), TreeMap::new);
    } catch (IOException absentOrDamaged) {
      return new TreeMap<>();
    }
  }
}
