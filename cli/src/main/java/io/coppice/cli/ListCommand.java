package io.coppice.cli;

import io.coppice.dsl.Catalogue;
import io.coppice.dsl.Entry.Kind;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The catalogue, one line for each word. */
@Command(
    name = "list",
    description = "List the methods, models and data sets a study can name, with their papers.")
final class ListCommand implements Callable<Integer> {
  private static final Map<String, Kind> KINDS =
      Map.of("methods", Kind.METHOD, "models", Kind.MODEL, "data", Kind.DATA);

  private final Terminal terminal;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "KIND",
      description = "methods, models or data; all of them unless given.")
  private String kind;

  @Option(names = "--json", description = "Print for a program.")
  private boolean json;

  ListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (kind != null && !KINDS.containsKey(kind)) {
      throw UsageErrors.unknown(spec.commandLine(), "kind", kind, new TreeSet<>(KINDS.keySet()));
    }
    List<Catalogue.Entry> entries =
        Catalogue.standard().entries().stream()
            .filter(entry -> kind == null || entry.kind() == KINDS.get(kind))
            .toList();
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Json.print(out, entries.stream().map(ListCommand::fields).toList());
    } else {
      print(entries, out);
    }
    return ExitCode.OK;
  }

  private static Map<String, String> fields(Catalogue.Entry entry) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("kind", entry.kind().name().toLowerCase(Locale.ROOT));
    fields.put("word", entry.word());
    fields.put("summary", entry.summary());
    fields.put("paper", entry.paper());
    return fields;
  }

  private void print(List<Catalogue.Entry> entries, PrintWriter out) {
    int words = entries.stream().mapToInt(entry -> entry.word().length()).max().orElse(0);
    Kind last = null;
    for (Catalogue.Entry entry : entries) {
      if (entry.kind() != last) {
        out.println((last == null ? "" : System.lineSeparator()) + heading(entry.kind()));
        last = entry.kind();
      }
      String text = entry.summary() + (entry.paper().isEmpty() ? "" : " (" + entry.paper() + ")");
      String word = entry.word();
      for (String line : folded(text, terminal.width() - words - 4)) {
        out.println("  " + word + " ".repeat(words - word.length() + 2) + line);
        word = "";
      }
    }
    out.flush();
  }

  private static String heading(Kind kind) {
    return switch (kind) {
      case METHOD -> "Methods";
      case MODEL -> "Models";
      case DATA -> "Data";
    };
  }

  /** The text in lines of at most {@code width} characters, where its words allow. */
  private static List<String> folded(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : text.split(" ")) {
      if (line.length() > 0 && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.length() > 0 ? " " : "").append(word);
    }
    lines.add(line.toString());
    return lines;
  }
}
