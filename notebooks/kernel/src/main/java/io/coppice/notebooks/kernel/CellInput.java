package io.coppice.notebooks.kernel;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/** Standard input of cells: what the user types, a line for a question. */
final class CellInput extends InputStream {
  private final Supplier<Optional<String>> question;
  private byte[] line = {};
  private int next;

  /** Input that comes line by line, without ends, until there is none. */
  CellInput(Supplier<Optional<String>> question) {
    this.question = question;
  }

  @Override
  public synchronized int read() throws IOException {
    return fill() ? line[next++] & 0xFF : -1;
  }

  @Override
  public synchronized int read(byte[] into, int from, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, line.length - next);
    System.arraycopy(line, next, into, from, count);
    next += count;
    return count;
  }

  private boolean fill() {
    if (next == line.length) {
      Optional<String> answer = question.get();
      line = answer.map(text -> (text + "\n").getBytes(StandardCharsets.UTF_8)).orElse(new byte[0]);
      next = 0;
    }
    return next < line.length;
  }

  @Override
  public synchronized int available() {
    return line.length - next;
  }
}
