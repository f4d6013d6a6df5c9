package io.coppice.dsl;

import io.coppice.framework.recipe.InWords;
import io.coppice.framework.sparsity.Allocation;
import io.coppice.framework.sparsity.Granularity;
import io.coppice.framework.sparsity.NOfM;
import io.coppice.framework.sparsity.Saliency;
import java.util.List;
import java.util.Map;

/**
 * What to prune: {@code magnitude().global().blocks(4, 1).keep(0.1)...}. Immutable; single weights,
 * the same fraction of every layer, until said otherwise.
 */
public record PruningWords(Saliency saliency, Granularity granularity, Allocation allocation)
    implements Begun {

  @Override
  public String said() {
    return InWords.of(saliency) + ", " + InWords.of(granularity) + ", " + InWords.of(allocation);
  }

  @Override
  public String missing() {
    return "keep(0.1) and then oneShot(), gradually(...) or another schedule";
  }

  static PruningWords of(Saliency saliency) {
    return new PruningWords(saliency, new Granularity.Unstructured(), new Allocation.Uniform());
  }

  private PruningWords granularity(Granularity together) {
    return new PruningWords(saliency, together, allocation);
  }

  private PruningWords allocation(Allocation share) {
    return new PruningWords(saliency, granularity, share);
  }

  /** Another way to share out, among the same layers. */
  private PruningWords shared(Allocation share) {
    return allocation instanceof Allocation.Among some
        ? allocation(new Allocation.Among(some.layers(), share))
        : allocation(share);
  }

  /** Of every {@code m} consecutive inputs of an output exactly {@code n} stay. */
  public ScheduleWords nOfM(int n, int m) {
    NOfM pattern = NOfM.alongInputs(n, m);
    return granularity(pattern).keep(pattern.keep());
  }

  /** Blocks of outputs by inputs, scored by their mean. */
  public PruningWords blocks(int outputs, int inputs) {
    return blocks(outputs, inputs, Granularity.Pooling.MEAN);
  }

  /** Blocks of outputs by inputs, scored by their mean or their maximum. */
  public PruningWords blocks(int outputs, int inputs, Granularity.Pooling pooling) {
    return granularity(new Granularity.Block(outputs, inputs, pooling));
  }

  /** All weights into one output together; its bias stays. */
  public PruningWords rows() {
    return granularity(new Granularity.Row());
  }

  /** All weights out of one input together. */
  public PruningWords columns() {
    return granularity(new Granularity.Column());
  }

  /** Whole neurons and channels with their biases. */
  public PruningWords neurons() {
    return granularity(new Granularity.Neuron());
  }

  /** Whole channels of convolutions with their biases. */
  public PruningWords channels() {
    return granularity(new Granularity.Channel());
  }

  /** The same fraction of every layer. */
  public PruningWords layerWise() {
    return shared(new Allocation.Uniform());
  }

  /** The best weights of the whole network stay, wherever they are. */
  public PruningWords global() {
    return shared(new Allocation.Global());
  }

  /** Erdős–Rényi: small layers stay denser. */
  public PruningWords erdosRenyi() {
    return shared(new Allocation.ErdosRenyi());
  }

  /** Erdős–Rényi kernel: small layers and kernels stay denser. */
  public PruningWords erdosRenyiKernel() {
    return shared(new Allocation.ErdosRenyiKernel());
  }

  /** Only these layers are pruned; {@code keep} is then a fraction of theirs. */
  public PruningWords layers(String... names) {
    return allocation(new Allocation.Among(List.of(names), allocation));
  }

  /** Densities of their own for the layers named; the others share as said before. */
  public PruningWords layers(Map<String, Double> densities) {
    return allocation(new Allocation.PerLayer(densities, allocation));
  }

  /** The fraction of the weights that stays. */
  public ScheduleWords keep(double fraction) {
    return new ScheduleWords(this, fraction);
  }
}
