package io.coppice.datasets.files;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A stream that is closed, and whose reader gets an error, when no byte comes for too long. */
final class StallGuard extends InputStream {
  private final InputStream body;
  private final Duration limit;
  private final ScheduledExecutorService clock;
  private volatile long lastRead = System.nanoTime();
  private volatile boolean stalled;

  StallGuard(InputStream body, Duration limit) {
    this.body = body;
    this.limit = limit;
    this.clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "download-stall-guard");
              thread.setDaemon(true);
              return thread;
            });
    long period = Math.max(1, limit.toMillis() / 4);
    clock.scheduleAtFixedRate(this::check, period, period, TimeUnit.MILLISECONDS);
  }

  private void check() {
    if (System.nanoTime() - lastRead > limit.toNanos()) {
      stalled = true;
      try {
        body.close();
      } catch (IOException e) {
        clock.shutdownNow();
      }
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      int count = body.read(buffer, offset, length);
      if (!stalled) {
        lastRead = System.nanoTime();
        return count;
      }
    } catch (IOException e) {
      if (!stalled) {
        throw e;
      }
    }
    throw new IOException("no byte came for " + limit.toMillis() / 1000.0 + " s");
  }

  @Override
  public void close() throws IOException {
    clock.shutdownNow();
    body.close();
  }
}
