package io.coppice.framework.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import io.coppice.framework.recipe.Sha256;
import io.coppice.framework.storage.DamagedFileException;
import io.coppice.framework.training.EpochRow;
import io.coppice.framework.training.Plan;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * {@code result.json}: what a run left behind and the checksums of the files beside it. Its own
 * checksum, of the text with zeros in the checksum's place, ends it.
 *
 * @param collapse why the run ended without a result, or null
 * @param sample the shape of one example
 * @param words null in files of earlier versions
 * @param files SHA-256 by file name
 */
record StoredResult(
    int format,
    String run,
    String method,
    long seed,
    String collapse,
    long[] sample,
    int classes,
    Map<String, Double> metrics,
    Map<String, String> words,
    List<EpochRow> epochs,
    Map<String, String> files,
    String sha256) {
  static final int FORMAT = 1;
  private static final String UNKNOWN = "0".repeat(2 * Sha256.BYTES);
  private static final String END = "\"\n}\n";
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectWriter PRETTY =
      JSON.writer(new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n")));

  static StoredResult of(RunResult result, long[] sample, int classes, Map<String, String> files) {
    return new StoredResult(
        FORMAT,
        result.run(),
        result.method(),
        result.seed(),
        result.collapse().orElse(null),
        sample,
        classes,
        result.metrics(),
        result.words(),
        result.epochs(),
        files,
        UNKNOWN);
  }

  /** The result under the name that its plan's method has now. */
  RunResult of(Plan plan) {
    return new RunResult(
        plan.method().name(),
        plan.seed(),
        run,
        Optional.ofNullable(collapse),
        metrics,
        Objects.requireNonNullElse(words, Map.of()),
        epochs);
  }

  byte[] encode() throws JsonProcessingException {
    String text = PRETTY.writeValueAsString(this) + "\n";
    String checksum = Sha256.hex(text.getBytes(StandardCharsets.UTF_8));
    return text.replace(UNKNOWN + END, checksum + END).getBytes(StandardCharsets.UTF_8);
  }

  static StoredResult decode(byte[] bytes) throws DamagedFileException {
    String text = new String(bytes, StandardCharsets.UTF_8);
    int end = text.length() - END.length();
    int start = end - UNKNOWN.length();
    if (start < 0) {
      throw new DamagedFileException("it is truncated");
    }
    String unsigned = text.substring(0, start) + UNKNOWN + text.substring(end);
    if (!Sha256.hex(unsigned.getBytes(StandardCharsets.UTF_8)).equals(text.substring(start, end))) {
      throw new DamagedFileException("its checksum is wrong");
    }
    try {
      return JSON.readValue(text, StoredResult.class);
    } catch (JsonProcessingException e) {
      throw new DamagedFileException("it is of another version", e);
    }
  }
}
