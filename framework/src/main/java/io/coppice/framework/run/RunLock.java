package io.coppice.framework.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * One process's claim to a run; it ends with the process, however that ends. The file stays: a
 * process that waits on a deleted file would not see the next one's claim.
 */
final class RunLock implements AutoCloseable {
  private final FileChannel channel;

  RunLock(Path file) throws IOException {
    channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /**
   * Claims the run, or returns false when another has it. Asking again goes through the same
   * channel: closing another one would take the claim from a thread of this process that has it.
   */
  boolean acquire() throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
