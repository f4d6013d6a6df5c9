package io.coppice.framework.execution;

import io.coppice.framework.display.Displayable;
import io.coppice.framework.display.Wrapped;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.LongColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** In which form each layer of a network runs; its text is its table. */
public record ExecutionPlan(List<LayerPlan> layers) implements Displayable {

  public ExecutionPlan {
    layers = List.copyOf(layers);
  }

  /** The bytes of all layers in their forms. */
  public long bytes() {
    return layers.stream().mapToLong(layer -> layer.chosen().bytes()).sum();
  }

  /**
   * One row per layer: its weights [out, in], batch and sparsity in percent, the form chosen, how
   * often faster than dense it is, its bytes, whether it was timed now or before, and for each form
   * the microseconds of a pass, missing where the form does not fit.
   */
  public Table table() {
    StringColumn name = StringColumn.create("layer");
    IntColumn out = IntColumn.create("out");
    IntColumn in = IntColumn.create("in");
    IntColumn batch = IntColumn.create("batch");
    DoubleColumn sparsity = rounded("sparsity_pct");
    StringColumn form = StringColumn.create("form");
    DoubleColumn speedUp = rounded("speed_up");
    LongColumn bytes = LongColumn.create("bytes");
    StringColumn timed = StringColumn.create("timed");
    for (LayerPlan layer : layers) {
      name.append(layer.layer());
      out.append(layer.rows());
      in.append(layer.columns());
      batch.append(layer.batch());
      sparsity.append(100 * layer.sparsity());
      form.append(layer.chosen().form().toString());
      speedUp.append(layer.speedUp());
      bytes.append(layer.chosen().bytes());
      timed.append(layer.remembered() ? "before" : "now");
    }
    Table table =
        Table.create("execution", name, out, in, batch, sparsity, form, speedUp, bytes, timed);
    for (String candidate : forms()) {
      DoubleColumn microseconds = rounded(candidate + "_us");
      for (LayerPlan layer : layers) {
        layer
            .trial(candidate)
            .ifPresentOrElse(
                trial -> microseconds.append(trial.microseconds()), microseconds::appendMissing);
      }
      table.addColumns(microseconds);
    }
    return table;
  }

  /** One row per layer and form that fits it: microseconds, bytes and whether it is chosen. */
  public Table trials() {
    StringColumn name = StringColumn.create("layer");
    StringColumn form = StringColumn.create("form");
    DoubleColumn microseconds = rounded("us");
    LongColumn bytes = LongColumn.create("bytes");
    StringColumn chosen = StringColumn.create("chosen");
    for (LayerPlan layer : layers) {
      for (LayerPlan.Trial trial : layer.trials()) {
        name.append(layer.layer());
        form.append(trial.form().toString());
        microseconds.append(trial.microseconds());
        bytes.append(trial.bytes());
        chosen.append(trial.equals(layer.chosen()) ? "yes" : "");
      }
    }
    return Table.create("trials", name, form, microseconds, bytes, chosen);
  }

  /** The names of all forms that fit a layer. */
  Set<String> forms() {
    Set<String> forms = new LinkedHashSet<>();
    layers.forEach(layer -> layer.trials().forEach(trial -> forms.add(trial.form().toString())));
    return forms;
  }

  /** A column that keeps its numbers and prints one decimal of them. */
  private static DoubleColumn rounded(String name) {
    DoubleColumn column = DoubleColumn.create(name);
    column.setPrintFormatter(
        new DecimalFormat("0.0", DecimalFormatSymbols.getInstance(Locale.ROOT)), "");
    return column;
  }

  /** One row per layer, with the passes of all forms beside each other. */
  @Override
  public String toString() {
    return toText(Wrapped.USUAL_WIDTH);
  }

  /** The same table in lines of at most {@code width} characters. */
  @Override
  public String toText(int width) {
    return new PlanSummary(this).toText(width);
  }

  /** The same table as part of a page. */
  @Override
  public String toHtml() {
    return new PlanSummary(this).toHtml();
  }
}
