package io.coppice.framework.execution;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.coppice.framework.storage.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Verdicts in a JSON file of one machine: per key the microseconds of each form. Several processes
 * may use it; of two that store at once, one may have to time again. A damaged file counts as
 * empty.
 */
public final class VerdictFile implements Verdicts {
  private static final TypeReference<TreeMap<String, Map<String, Double>>> CONTENT =
      new TypeReference<>() {};
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectWriter WRITER = JSON.writerWithDefaultPrettyPrinter();

  private final Path file;

  public VerdictFile(Path file) {
    this.file = file.toAbsolutePath();
  }

  /**
   * @throws UncheckedIOException when the file is there and cannot be read
   */
  @Override
  public Optional<Map<String, Double>> find(String key) {
    try {
      return Optional.ofNullable(read().get(key));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the verdicts in " + file, e);
    }
  }

  /**
   * @throws UncheckedIOException when the file cannot be written
   */
  @Override
  public void store(String key, Map<String, Double> microseconds) {
    try {
      Map<String, Map<String, Double>> content = read();
      content.put(key, microseconds);
      AtomicFile.write(file, WRITER.writeValueAsBytes(content));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write the verdicts to " + file, e);
    }
  }

  private Map<String, Map<String, Double>> read() throws IOException {
    if (!Files.exists(file)) {
      return new TreeMap<>();
    }
    try {
      return Objects.requireNonNullElseGet(
          JSON.readValue(Files.readAllBytes(file), CONTENT), TreeMap::new);
    } catch (JsonProcessingException e) {
      return new TreeMap<>();
    }
  }
}
