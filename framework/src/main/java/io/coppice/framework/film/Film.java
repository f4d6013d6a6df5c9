package io.coppice.framework.film;

import io.coppice.framework.display.Displayable;
import io.coppice.framework.display.Figures;
import io.coppice.framework.display.Grid;
import io.coppice.framework.display.Grid.Cell;
import io.coppice.framework.display.Html;
import io.coppice.framework.display.Raster;
import io.coppice.framework.display.Sheet;
import io.coppice.framework.display.Strip;
import io.coppice.framework.display.Wrapped;
import io.coppice.framework.recipe.Require;
import io.coppice.framework.sparsity.Mask;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * One training, looked at from inside at its start and after every epoch: which weights stay, and
 * the gates of methods that have them. {@link Filming} makes it.
 *
 * @param frames in order; after a collapse, the last is of that moment
 * @param steps how many gates were open in the training's steps; none where the method has no gates
 * @param collapse why the training ended early, or empty
 */
public record Film(
    String method, long seed, List<Frame> frames, List<GateMoment> steps, Optional<String> collapse)
    implements Displayable {
  private static final int MOMENTS = 6;

  /** The least colour of a gate that is open, so that it is told from a closed one. */
  private static final double OPEN = 0.25;

  public Film {
    frames = List.copyOf(frames);
    steps = List.copyOf(steps);
  }

  /**
   * The masks of one layer at six moments, the first and the last among them.
   *
   * @throws io.coppice.framework.recipe.RecipeException when there is no such layer
   */
  public Strip masks(String layer) {
    return strip(layer, moments(frames));
  }

  /**
   * The masks of one layer at these moments.
   *
   * @param epochs 0 for the start
   * @throws io.coppice.framework.recipe.RecipeException when there is no such layer or epoch
   */
  public Strip masks(String layer, int... epochs) {
    List<Frame> chosen = new ArrayList<>();
    for (int epoch : epochs) {
      Require.that(
          epoch >= 0 && epoch < frames.size(), "epoch", epoch, "0 to " + (frames.size() - 1));
      chosen.add(frames.get(epoch));
    }
    return strip(layer, chosen);
  }

  private Strip strip(String layer, List<Frame> chosen) {
    require(layer, frames.get(0).masks().keySet());
    Map<String, Mask> masks = new LinkedHashMap<>();
    chosen.forEach(frame -> masks.put(frame.moment(), frame.masks().get(layer)));
    return Mask.strip("Masks of " + layer + ", " + title(), masks);
  }

  /**
   * The gates of one layer over the training. One gate per neuron: a line for each moment, a column
   * for each neuron. One gate per connection: the matrix at six moments.
   *
   * @throws io.coppice.framework.recipe.RecipeException when the layer has no gates
   */
  public Strip gates(String layer) {
    List<Frame> gated = frames.stream().filter(frame -> !frame.gates().isEmpty()).toList();
    require(layer, gated.isEmpty() ? Set.of() : gated.get(0).gates().keySet());
    float greatest = 0;
    for (Frame frame : gated) {
      greatest = Math.max(greatest, frame.gates().get(layer).greatest());
    }
    String note =
        "The stronger the colour, the greater the gate, at most "
            + Figures.brief(greatest)
            + "; without colour, it is closed.";
    boolean perNeuron = gated.get(0).gates().get(layer).rows() == 1;
    List<Strip.Panel> panels =
        perNeuron ? List.of(lines(gated, layer, greatest)) : matrices(gated, layer, greatest);
    return new Strip("Gates of " + layer + ", " + title(), note, panels);
  }

  /**
   * The share of each layer's gates that were open, step by step, within epochs too.
   *
   * @throws io.coppice.framework.recipe.RecipeException when the method has no gates
   */
  public GateCurve gateCurve() {
    Require.that(!steps.isEmpty(), "method", method, "one with gates");
    Map<String, Integer> counts = new LinkedHashMap<>();
    last().gates().forEach((layer, gates) -> counts.put(layer, gates.values().length));
    return new GateCurve(method, training(), counts, steps);
  }

  private Strip.Panel lines(List<Frame> gated, String layer, float greatest) {
    List<Gates> moments = gated.stream().map(frame -> frame.gates().get(layer)).toList();
    int columns = moments.get(0).columns();
    Raster raster =
        new Raster(
            moments.size(),
            columns,
            i -> share(moments.get(i / columns).values()[i % columns], greatest));
    String caption =
        "from %s at the top to %s at the bottom, a column for each of %d neurons; %d open at the end"
            .formatted(
                gated.get(0).moment(),
                last().moment(),
                columns,
                moments.get(moments.size() - 1).open());
    return new Strip.Panel(caption, raster);
  }

  private List<Strip.Panel> matrices(List<Frame> gated, String layer, float greatest) {
    List<Strip.Panel> panels = new ArrayList<>();
    for (Frame frame : moments(gated)) {
      Gates gates = frame.gates().get(layer);
      String caption =
          String.format(
              Locale.ROOT,
              "%s: %,d of %,d gates open",
              frame.moment(),
              gates.open(),
              gates.values().length);
      panels.add(
          new Strip.Panel(
              caption,
              new Raster(gates.rows(), gates.columns(), i -> share(gates.values()[i], greatest))));
    }
    return panels;
  }

  private static double share(float gate, float greatest) {
    return gate > 0 ? OPEN + (1 - OPEN) * gate / greatest : 0;
  }

  private static void require(String layer, Set<String> known) {
    Require.that(
        known.contains(layer),
        "layer",
        layer,
        known.isEmpty() ? "none, the method has no gates" : String.join(", ", known));
  }

  private Frame last() {
    return frames.get(frames.size() - 1);
  }

  /** Six frames at most, evenly spread. */
  private static List<Frame> moments(List<Frame> of) {
    int count = Math.min(MOMENTS, of.size());
    int end = of.size() - 1;
    return IntStream.range(0, count)
        .mapToObj(i -> of.get(count == 1 ? end : Math.round(i * end / (float) (count - 1))))
        .toList();
  }

  private String title() {
    return method + ", " + training();
  }

  private String training() {
    return "seed " + seed + collapse.map(reason -> "; collapsed: " + reason).orElse("");
  }

  /** How many weights of each layer stay at each moment. */
  private Grid grid() {
    List<Grid.Column> columns = new ArrayList<>();
    columns.add(Grid.Column.name("moment"));
    frames.get(0).masks().keySet().forEach(layer -> columns.add(Grid.Column.number(layer)));
    columns.add(Grid.Column.number("validation", "%"));
    Grid grid = Grid.of(columns.toArray(Grid.Column[]::new));
    for (Frame frame : frames) {
      List<Cell> cells = new ArrayList<>();
      cells.add(Cell.of(frame.moment()));
      frame
          .masks()
          .values()
          .forEach(mask -> cells.add(Cell.bar(Integer.toString(mask.kept()), mask.density())));
      cells.add(
          Cell.of(
              frame.row().map(row -> Figures.fixed(100 * row.validationAccuracy(), 2)).orElse("")));
      grid = grid.row(cells.toArray(Cell[]::new));
    }
    return grid;
  }

  @Override
  public String toText(int width) {
    String head = String.join("\n", Wrapped.lines("Weights that stay, " + title(), width));
    return head + "\n\n" + grid().toText(width);
  }

  @Override
  public String toHtml() {
    String layers = frames.get(0).masks().keySet().stream().collect(Collectors.joining(", "));
    return Sheet.fragment(
        "<h2>Weights that stay</h2>\n<p class=\"lead\">%s</p>\n%s<p>%s</p>\n"
            .formatted(
                Html.escape(title()),
                grid().toHtml(),
                Html.escape("masks(layer) and gates(layer) show one of " + layers + ".")));
  }

  @Override
  public String toString() {
    return toText(Wrapped.USUAL_WIDTH);
  }
}
