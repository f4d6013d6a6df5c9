package io.coppice.datasets.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Keeps other threads and other processes out while a file is written. */
final class ExclusiveLock implements Closeable {
  private static final long PAUSE_MILLIS = 50;

  private final FileChannel channel;

  ExclusiveLock(Path lockFile) throws IOException {
    channel = FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  /** Waits until nobody else holds the lock file, then holds it until it is closed. */
  void hold() throws IOException, InterruptedException {
    while (!locked()) {
      Thread.sleep(PAUSE_MILLIS);
    }
  }

  private boolean locked() throws IOException {
    try {
      FileLock lock = channel.tryLock();
      return lock != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
