package io.coppice.notebooks.kernel;

import io.github.spencerpark.jupyter.kernel.display.DisplayData;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * What one cell writes and shows, in order. Text is sent in pieces, a few times a second, and cut
 * where a browser could not show it: the first part is shown, the rest is counted, and its last
 * lines follow when the cell ends.
 */
final class CellOutput {
  static final int LIMIT_BYTES = 1_000_000;
  private static final int TAIL_BYTES = 4_000;
  private static final int FLUSH_MILLIS = 50;
  private static final int FLUSH_BYTES = 64_000;

  private final CellListener listener;
  private final ScheduledExecutorService clock;
  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private final byte[] tail = new byte[TAIL_BYTES];
  private String stream = "stdout";
  private long written;
  private long cut;
  private boolean flushing;

  CellOutput(CellListener listener, ScheduledExecutorService clock) {
    this.listener = listener;
    this.clock = clock;
  }

  /** The stream of this name, {@code stdout} or {@code stderr}. */
  OutputStream stream(String name) {
    return new OutputStream() {
      @Override
      public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int from, int length) {
        append(name, bytes, from, length);
      }

      @Override
      public void flush() {
        flushSoon();
      }
    };
  }

  private synchronized void append(String name, byte[] bytes, int from, int length) {
    if (!name.equals(stream)) {
      flush(true);
      stream = name;
    }
    int room = (int) Math.max(0, Math.min(length, LIMIT_BYTES - written));
    pending.write(bytes, from, room);
    written += room;
    if (room < length) {
      keep(bytes, from + room, length - room);
    }
    if (pending.size() >= FLUSH_BYTES) {
      flush(false);
    } else if (room > 0) {
      flushSoon();
    }
  }

  private void keep(byte[] bytes, int from, int length) {
    if (cut == 0) {
      flush(true);
      listener.stream(
          stream,
          "\n[cut here after %s; the last lines follow when the cell ends]\n"
              .formatted(size(written)));
    }
    for (int i = Math.max(0, length - TAIL_BYTES); i < length; i++) {
      tail[(int) ((cut + i) % TAIL_BYTES)] = bytes[from + i];
    }
    cut += length;
  }

  private synchronized void flushSoon() {
    if (!flushing && pending.size() > 0) {
      flushing = true;
      clock.schedule(() -> flush(false), FLUSH_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  /** Sends what is pending; all of it, or without a character that is not whole yet. */
  private synchronized void flush(boolean all) {
    flushing = false;
    byte[] bytes = pending.toByteArray();
    int whole = all ? bytes.length : wholeCharacters(bytes);
    pending.reset();
    pending.write(bytes, whole, bytes.length - whole);
    if (whole > 0) {
      listener.stream(stream, new String(bytes, 0, whole, StandardCharsets.UTF_8));
    }
  }

  /** How many bytes come before a last character of which bytes are still missing. */
  private static int wholeCharacters(byte[] bytes) {
    int start = bytes.length - 1;
    while (start >= 0 && start > bytes.length - 4 && (bytes[start] & 0xC0) == 0x80) {
      start--;
    }
    if (start < 0 || bytes[start] >= 0) {
      return bytes.length;
    }
    int needed = Integer.numberOfLeadingZeros(~(bytes[start] << 24));
    return bytes.length - start < needed ? start : bytes.length;
  }

  synchronized void display(DisplayData data) {
    flush(true);
    listener.display(DisplayLimit.cut(data));
  }

  synchronized void update(DisplayData data) {
    flush(true);
    listener.update(DisplayLimit.cut(data));
  }

  /** Writes a whole text. */
  void write(String name, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    append(name, bytes, 0, bytes.length);
  }

  /** A line of the user's, asked for when all that was written is shown. */
  Optional<String> ask(BooleanSupplier withdrawn) {
    flush(true);
    return listener.ask("", false, withdrawn);
  }

  /** Sends all that is left, and the end of what was cut. */
  synchronized void end() {
    flush(true);
    if (cut > 0) {
      listener.stream(
          stream, "[%s left out; the last lines:]\n%s".formatted(size(cut), lastLines()));
    }
  }

  private String lastLines() {
    int length = (int) Math.min(cut, TAIL_BYTES);
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = tail[(int) ((cut - length + i) % TAIL_BYTES)];
    }
    String text = new String(bytes, StandardCharsets.UTF_8);
    int line = text.indexOf('\n');
    return line >= 0 && line < text.length() - 1 ? text.substring(line + 1) : text;
  }

  private static String size(long bytes) {
    return bytes < 1_000_000
        ? String.format(Locale.ROOT, "%.1f kB", bytes / 1e3)
        : String.format(Locale.ROOT, "%.1f MB", bytes / 1e6);
  }
}
