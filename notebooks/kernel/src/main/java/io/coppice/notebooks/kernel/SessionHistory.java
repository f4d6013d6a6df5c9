package io.coppice.notebooks.kernel;

import io.github.spencerpark.jupyter.kernel.history.HistoryEntry;
import io.github.spencerpark.jupyter.kernel.history.HistoryManager;
import io.github.spencerpark.jupyter.messages.request.HistoryRequest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The cells that have run since the kernel started. */
final class SessionHistory implements HistoryManager {
  private static final int SESSION = 1;

  private final List<HistoryEntry> entries = new ArrayList<>();

  synchronized void add(int number, String code, String output) {
    entries.add(new HistoryEntry(SESSION, number, code, output));
  }

  /** What a request asks for. */
  List<HistoryEntry> asked(HistoryRequest request) {
    Set<ResultFlag> flags = EnumSet.noneOf(ResultFlag.class);
    if (request.includeOutput()) {
      flags.add(ResultFlag.INCLUDE_OUTPUT);
    }
    if (request instanceof HistoryRequest.Range range) {
      return lookupRange(range.getSessionIndex(), range.getStart(), range.getStop(), flags);
    }
    if (request instanceof HistoryRequest.Search search) {
      if (search.filterUnique()) {
        flags.add(ResultFlag.UNIQUE);
      }
      return search(search.getPattern(), search.getMaxReturnLength(), flags);
    }
    return lookupTail(((HistoryRequest.Tail) request).getMaxReturnLength(), flags);
  }

  @Override
  public synchronized List<HistoryEntry> lookupTail(int length, Set<ResultFlag> flags) {
    return told(entries.subList(Math.max(0, entries.size() - length), entries.size()), flags);
  }

  @Override
  public synchronized List<HistoryEntry> lookupRange(
      int session, int first, int end, Set<ResultFlag> flags) {
    boolean here = session == 0 || session == SESSION;
    return told(
        entries.stream()
            .filter(entry -> here && entry.getCellNumber() >= first)
            .filter(entry -> end <= 0 || entry.getCellNumber() < end)
            .toList(),
        flags);
  }

  @Override
  public synchronized List<HistoryEntry> search(String glob, int length, Set<ResultFlag> flags) {
    Pattern pattern = Pattern.compile(expression(glob), Pattern.DOTALL);
    List<HistoryEntry> found =
        new ArrayList<>(
            entries.stream().filter(entry -> pattern.matcher(entry.getInput()).matches()).toList());
    if (flags.contains(ResultFlag.UNIQUE)) {
      Map<String, HistoryEntry> last = new LinkedHashMap<>();
      for (HistoryEntry entry : found) {
        last.remove(entry.getInput());
        last.put(entry.getInput(), entry);
      }
      found = new ArrayList<>(last.values());
    }
    int most = length > 0 ? length : found.size();
    return told(found.subList(Math.max(0, found.size() - most), found.size()), flags);
  }

  /** The regular expression of a pattern with {@code *} and {@code ?}. */
  private static String expression(String glob) {
    StringBuilder expression = new StringBuilder();
    for (char character : glob.toCharArray()) {
      expression.append(
          character == '*' ? ".*" : character == '?' ? "." : Pattern.quote("" + character));
    }
    return expression.toString();
  }

  private static List<HistoryEntry> told(List<HistoryEntry> found, Set<ResultFlag> flags) {
    if (flags.contains(ResultFlag.INCLUDE_OUTPUT)) {
      return List.copyOf(found);
    }
    return found.stream()
        .map(entry -> new HistoryEntry(entry.getSession(), entry.getCellNumber(), entry.getInput()))
        .toList();
  }
}
