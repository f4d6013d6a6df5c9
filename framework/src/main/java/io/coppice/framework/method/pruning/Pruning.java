package io.coppice.framework.method.pruning;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import io.coppice.framework.method.RunContext;
import io.coppice.framework.method.Sparsifier;
import io.coppice.framework.method.Step;
import io.coppice.framework.network.Layer;
import io.coppice.framework.network.Network;
import io.coppice.framework.recipe.RecipeException;
import io.coppice.framework.sparsity.Allocation.Budget;
import io.coppice.framework.sparsity.LayerShape;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/** One run of a {@link Pruner}. */
final class Pruning implements Sparsifier {
  private final Pruner recipe;
  private final NavigableMap<Long, Double> densities;
  private final MaskedWeights masked;
  private final RemovedBiases biases;
  private final NDArray updates;
  private int updated;

  Pruning(Pruner recipe, Network network, RunContext context) {
    this.recipe = recipe;
    this.densities = recipe.schedule().densities(recipe.keep(), context.timeline());
    List<Layer> layers = pruned(network);
    this.masked = new MaskedWeights(layers, context.manager());
    budgets(recipe.keep()).forEach(this::requireFit);
    List<Layer> silenced = recipe.granularity().removesOutputs() ? layers : List.of();
    this.biases = new RemovedBiases(silenced, context.manager());
    this.updates = context.manager().zeros(new Shape(1));
  }

  private List<Layer> pruned(Network network) {
    List<Layer> all = network.layers();
    Layer last = all.get(all.size() - 1);
    List<Layer> pruned =
        all.stream().filter(layer -> recipe.granularity().prunes(layer, layer == last)).toList();
    if (pruned.isEmpty()) {
      throw RecipeException.of(
          "granularity",
          recipe.granularity().name(),
          "one that prunes a layer of " + network.model().name() + ", such as unstructured");
    }
    return pruned;
  }

  private List<Budget> budgets(double density) {
    return recipe.allocation().budgets(masked.shapes(), recipe.keep(), density);
  }

  private void requireFit(Budget budget) {
    for (LayerShape layer : budget.layers()) {
      recipe.granularity().requireFit(layer, budget.kept());
    }
  }

  @Override
  public void afterBackward(Step step) {
    Double density = densities.get(step.index());
    if (density != null) {
      Map<String, float[]> scores = new HashMap<>();
      for (Layer layer : masked.layers()) {
        scores.put(layer.name(), masked.scores(recipe.saliency(), layer, step));
      }
      masked.shrink(recipe.granularity(), budgets(density), scores);
      masked.forget(step);
      biases.follow(masked);
      updated++;
      updates.addi(1);
    }
    masked.hold(step);
  }

  @Override
  public void afterStep(Step step) {
    biases.hold();
  }

  @Override
  public boolean settled() {
    return updated == densities.size();
  }

  @Override
  public Optional<String> collapse() {
    return masked.collapse();
  }

  @Override
  public Map<String, NDArray> state() {
    Map<String, NDArray> state = new LinkedHashMap<>(masked.state());
    state.put("updates", updates);
    return state;
  }

  @Override
  public void restored() {
    masked.restored();
    biases.follow(masked);
    updated = (int) updates.getFloat();
  }
}
