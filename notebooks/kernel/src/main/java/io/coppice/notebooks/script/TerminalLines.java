package io.coppice.notebooks.script;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What lines of a script mean to JShell's terminal. */
final class TerminalLines {
  private static final Pattern COMMAND = Pattern.compile("(?m)^/[a-z]+\\b[^;\\r\\n]*$");
  private static final Pattern EXIT = Pattern.compile("(?m)/exit[ \\t]*$");
  private static final Pattern END = Pattern.compile("[ \\t]*(//[^\\r\\n]*)?[\\r\\n]");

  private TerminalLines() {}

  /** Where the next line begins that is, unless it is within a statement, a command; or the end. */
  static int command(Script script, int from, int to) {
    Matcher line = COMMAND.matcher(script.text()).useAnchoringBounds(false).region(from, to);
    return line.find() ? line.start() : to;
  }

  /** Whether the command at this position ends the script. */
  static boolean isExit(Script script, int position) {
    return EXIT.matcher(script.text()).region(position, script.text().length()).lookingAt();
  }

  /** Whether a statement that began earlier lacks no more than a semicolon at its line's end. */
  static boolean endsStatement(ScriptException rejected, Script script, int from, int to) {
    return rejected.reason().equals("';' expected")
        && rejected.script() == script
        && rejected.from() > from
        && END.matcher(script.text()).region(rejected.from(), to).lookingAt();
  }
}
