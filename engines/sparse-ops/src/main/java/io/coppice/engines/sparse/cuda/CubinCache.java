package io.coppice.engines.sparse.cuda;

import io.coppice.framework.recipe.Sha256;
import io.coppice.framework.storage.AtomicFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Compiled kernels as files of a folder, named by the hash of what they were compiled from. A file
 * begins with the checksum of the rest; one that is damaged is written anew.
 */
record CubinCache(Path folder) {
  private static final int NAME_DIGITS = 32;

  /** The code of this key, compiled unless it lies in the folder. */
  byte[] code(String key, Supplier<byte[]> compiler) {
    String hash = Sha256.hex(key.getBytes(StandardCharsets.UTF_8));
    Path file = folder.resolve(hash.substring(0, NAME_DIGITS) + ".cubin");
    return read(file)
        .orElseGet(
            () -> {
              byte[] code = compiler.get();
              write(file, code);
              return code;
            });
  }

  private static Optional<byte[]> read(Path file) {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      byte[] bytes = AtomicFile.read(file);
      byte[] code = Arrays.copyOfRange(bytes, Math.min(Sha256.BYTES, bytes.length), bytes.length);
      byte[] checksum = Arrays.copyOf(bytes, Sha256.BYTES);
      return Arrays.equals(Sha256.of(code), checksum) ? Optional.of(code) : Optional.empty();
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }

  private static void write(Path file, byte[] code) {
    byte[] bytes =
        ByteBuffer.allocate(Sha256.BYTES + code.length).put(Sha256.of(code)).put(code).array();
    try {
      AtomicFile.write(file, bytes);
    } catch (IOException full) {
      // the next process compiles again; this one has its code
      return;
    }
  }
}
