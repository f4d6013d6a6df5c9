package io.coppice.repro;

import io.coppice.framework.film.Film;
import io.coppice.framework.film.GateCurve;
import io.coppice.framework.film.GateMoment;
import io.coppice.framework.results.Csv;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * {@code gates.csv}: how many gates of each layer were open in the steps of one training of a
 * method, a line for each layer, whose steps and counts stand in a cell each.
 */
final class GatesFile {
  private static final String FILE = "gates.csv";
  private static final String BETWEEN = " ";

  private GatesFile() {}

  /** The curves of a study's folder by method. */
  static Map<String, GateCurve> read(Path folder) {
    Path file = folder.resolve(FILE);
    Map<String, GateCurve> curves = new LinkedHashMap<>();
    if (Files.exists(file)) {
      CsvFile.read(file).stream()
          .collect(
              Collectors.groupingBy(
                  line -> line.text("method"), LinkedHashMap::new, Collectors.toList()))
          .forEach((method, lines) -> curves.put(method, curve(lines)));
    }
    return curves;
  }

  private static GateCurve curve(List<CsvFile.Line> lines) {
    Map<String, Integer> gates = new LinkedHashMap<>();
    List<Map<String, Long>> open = new ArrayList<>();
    long[] steps = numbers(lines.get(0), "steps");
    for (long step : steps) {
      open.add(new LinkedHashMap<>());
    }
    for (CsvFile.Line line : lines) {
      String layer = line.text("layer");
      gates.put(layer, (int) line.number("gates"));
      long[] counts = numbers(line, "open");
      for (int i = 0; i < steps.length; i++) {
        open.get(i).put(layer, counts[i]);
      }
    }
    List<GateMoment> moments = new ArrayList<>();
    for (int i = 0; i < steps.length; i++) {
      moments.add(new GateMoment(steps[i], open.get(i)));
    }
    return new GateCurve(
        lines.get(0).text("method"), lines.get(0).text("training"), gates, moments);
  }

  private static long[] numbers(CsvFile.Line line, String column) {
    return Arrays.stream(line.text(column).split(BETWEEN)).mapToLong(Long::parseLong).toArray();
  }

  /** Adds a film's curve to the folder's, or puts it in the place of the same method's. */
  static void add(Path folder, Film film) {
    Map<String, GateCurve> curves = read(folder);
    curves.put(film.method(), film.gateCurve());
    StringColumn methods = StringColumn.create("method");
    StringColumn trainings = StringColumn.create("training");
    StringColumn layers = StringColumn.create("layer");
    IntColumn gates = IntColumn.create("gates");
    StringColumn steps = StringColumn.create("steps");
    StringColumn open = StringColumn.create("open");
    curves.forEach(
        (method, curve) ->
            curve
                .gates()
                .forEach(
                    (layer, count) -> {
                      methods.append(method);
                      trainings.append(curve.training());
                      layers.append(layer);
                      gates.append(count);
                      steps.append(joined(curve, GateMoment::step));
                      open.append(joined(curve, moment -> moment.open().get(layer)));
                    }));
    Table table = Table.create("gates", methods, trainings, layers, gates, steps, open);
    Saved.write(folder.resolve(FILE), Csv.of(table));
  }

  private static String joined(GateCurve curve, ToLongFunction<GateMoment> number) {
    return curve.moments().stream()
        .map(moment -> Long.toString(number.applyAsLong(moment)))
        .collect(Collectors.joining(BETWEEN));
  }
}
