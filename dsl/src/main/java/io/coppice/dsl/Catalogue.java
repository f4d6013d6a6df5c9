package io.coppice.dsl;

import io.coppice.framework.display.Displayable;
import io.coppice.framework.display.Grid;
import io.coppice.framework.display.Sheet;
import io.coppice.framework.display.Wrapped;
import io.coppice.framework.method.Method;
import io.coppice.framework.recipe.Require;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a study can name: the language's methods, models and data sets, and the methods that a
 * session has registered. Immutable; what is registered lasts as long as the session.
 */
public final class Catalogue implements Displayable {

  /**
   * A row of the catalogue.
   *
   * @param word as a study writes it, without parentheses; of a registered method, its name
   * @param summary one line of what it is
   * @param paper authors and year of the source, or empty
   */
  public record Entry(io.coppice.dsl.Entry.Kind kind, String word, String summary, String paper) {}

  private final List<Entry> entries;
  private final Map<String, Method> registered;

  private Catalogue(List<Entry> entries, Map<String, Method> registered) {
    this.entries = List.copyOf(entries);
    this.registered = registered;
  }

  /** What the language brings along. */
  public static Catalogue standard() {
    List<Entry> entries =
        Arrays.stream(Coppice.class.getMethods())
            .filter(method -> method.isAnnotationPresent(io.coppice.dsl.Entry.class))
            .map(
                method -> {
                  io.coppice.dsl.Entry entry = method.getAnnotation(io.coppice.dsl.Entry.class);
                  return new Entry(entry.kind(), method.getName(), entry.summary(), entry.paper());
                })
            .sorted(Comparator.comparing(Entry::kind).thenComparing(Entry::word))
            .toList();
    return new Catalogue(entries, Map.of());
  }

  /**
   * This catalogue and one method more, under its name.
   *
   * @param summary one line of what it is
   * @throws io.coppice.framework.recipe.RecipeException when there is one of this name
   */
  public Catalogue with(Method method, String summary) {
    Require.that(
        entries.stream().noneMatch(entry -> entry.word().equals(method.name())),
        "method",
        method.name(),
        "a name that the catalogue does not hold yet");
    Map<String, Method> more = new TreeMap<>(registered);
    more.put(method.name(), method);
    List<Entry> all = new ArrayList<>(entries);
    all.add(new Entry(io.coppice.dsl.Entry.Kind.METHOD, method.name(), summary, ""));
    all.sort(Comparator.comparing(Entry::kind));
    return new Catalogue(all, more);
  }

  /** All rows: methods, those of the session last, models, data sets. */
  public List<Entry> entries() {
    return entries;
  }

  /** The methods of the session, by name. */
  public Map<String, Method> registered() {
    return Map.copyOf(registered);
  }

  private Grid grid() {
    Grid grid =
        Grid.of(
            Grid.Column.name("word"),
            Grid.Column.text("kind"),
            Grid.Column.text("what it is"),
            Grid.Column.text("source"));
    for (Entry entry : entries) {
      boolean own = registered.containsKey(entry.word());
      grid =
          grid.row(
              Grid.Cell.of(entry.word()),
              Grid.Cell.of(entry.kind().name().toLowerCase(Locale.ROOT)),
              Grid.Cell.of(entry.summary()),
              Grid.Cell.of(own ? "this session" : entry.paper()));
    }
    return grid;
  }

  @Override
  public String toText(int width) {
    return grid().toText(width);
  }

  @Override
  public String toHtml() {
    return Sheet.fragment("<h2>Catalogue</h2>\n" + grid().toHtml());
  }

  @Override
  public String toString() {
    return toText(Wrapped.USUAL_WIDTH);
  }
}
