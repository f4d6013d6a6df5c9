package io.coppice.framework.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.coppice.framework.recipe.Sha256;
import io.coppice.framework.storage.AtomicFile;
import io.coppice.framework.storage.DamagedFileException;
import io.coppice.framework.storage.NamedArrays;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * A training between two epochs as one file: the SHA-256 of what follows, the length and the text
 * of a JSON with the epochs and the learning rate's state, and the arrays as safetensors.
 */
public final class Checkpoint {
  private static final ObjectMapper JSON = new ObjectMapper();

  private record Words(String run, List<EpochRow> epochs, double[] learningRate) {}

  private Checkpoint() {}

  /** Writes the training's state after its last finished epoch. */
  public static void write(Training training, Path file) throws IOException {
    Words words = new Words(training.plan().hash(), training.rows(), training.course().state());
    byte[] text = JSON.writeValueAsBytes(words);
    byte[] arrays = NamedArrays.encode(training.state());
    byte[] content =
        ByteBuffer.allocate(Integer.BYTES + text.length + arrays.length)
            .putInt(text.length)
            .put(text)
            .put(arrays)
            .array();
    AtomicFile.write(
        file,
        ByteBuffer.allocate(Sha256.BYTES + content.length)
            .put(Sha256.of(content))
            .put(content)
            .array());
  }

  /**
   * Puts a fresh training where {@link #write} left one of the same plan; what it trains from there
   * is bit for bit what the other would have trained.
   *
   * @throws DamagedFileException when the file is not a whole checkpoint of this plan; the training
   *     is then as fresh as before
   */
  public static void resume(Path file, Training training) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(AtomicFile.read(file));
    try {
      byte[] digest = take(bytes, Sha256.BYTES);
      byte[] content = take(bytes, bytes.remaining());
      if (!Arrays.equals(digest, Sha256.of(content))) {
        throw new DamagedFileException("its checksum is wrong");
      }
      ByteBuffer parts = ByteBuffer.wrap(content);
      Words words = JSON.readValue(take(parts, parts.getInt()), Words.class);
      if (!words.run().equals(training.plan().hash())) {
        throw new DamagedFileException("it belongs to run " + words.run());
      }
      byte[] arrays = take(parts, parts.remaining());
      NamedArrays.decodeInto(training.state(), arrays, training.manager());
      training.course().restore(words.learningRate());
      training.resumeAfter(words.epochs());
    } catch (BufferUnderflowException e) {
      throw new DamagedFileException("it is truncated", e);
    } catch (JsonProcessingException e) {
      throw new DamagedFileException("it is of another version", e);
    }
  }

  private static byte[] take(ByteBuffer bytes, int length) {
    byte[] taken = new byte[length];
    bytes.get(taken);
    return taken;
  }
}
