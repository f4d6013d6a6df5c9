package io.coppice.framework.method.pruning;

import io.coppice.framework.method.Method;
import io.coppice.framework.method.RunContext;
import io.coppice.framework.method.Sparsifier;
import io.coppice.framework.network.Network;
import io.coppice.framework.recipe.Require;
import io.coppice.framework.sparsity.Allocation;
import io.coppice.framework.sparsity.Granularity;
import io.coppice.framework.sparsity.Percent;
import io.coppice.framework.sparsity.Saliency;
import io.coppice.framework.sparsity.Schedule;
import java.util.StringJoiner;

/**
 * Removes the weights of the lowest saliency; what is removed stays removed. Biases stay, but those
 * of removed neurons and channels.
 *
 * @param keep the fraction of weights that stays of the layers that {@code granularity} prunes
 */
public record Pruner(
    Saliency saliency,
    Granularity granularity,
    Allocation allocation,
    Schedule schedule,
    double keep)
    implements Method {
  public Pruner {
    Require.that(
        saliency instanceof Record || saliency instanceof Enum,
        "saliency",
        "code without a name",
        "a record, or code with its name: Saliency.named(\"mine\", (weight, gradient) -> ...)");
    Require.part("keep", keep);
    granularity.requireFit(allocation, keep);
  }

  /** Such as {@code magnitude global block 4×4 16 % cubic}; what is usual goes without saying. */
  @Override
  public String name() {
    StringJoiner words = new StringJoiner(" ").add(saliency.name());
    if (!(allocation instanceof Allocation.Uniform)) {
      words.add(allocation.name());
    }
    if (!(granularity instanceof Granularity.Unstructured)) {
      words.add(granularity.name());
    }
    words.add(Percent.of(keep));
    if (!(schedule instanceof Schedule.OneShot)) {
      words.add(schedule.name());
    }
    return words.toString();
  }

  @Override
  public Sparsifier bind(Network network, RunContext context) {
    return new Pruning(this, network, context);
  }
}
